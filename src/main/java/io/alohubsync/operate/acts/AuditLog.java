package io.alohubsync.operate.acts;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.lines.CustomerLine;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the audit what no operator function does: in the act's own transaction, or before whole
 * values are shown or exported.
 */
@ApplicationScoped
public class AuditLog {

    private static final Sql RECORD = Sql.named("operate/record-act");

    private final PeopleDatabase database;

    public AuditLog(PeopleDatabase database) {
        this.database = database;
    }

    /**
     * An entry.
     *
     * @param account   null: about none
     * @param phone     E.164, of the customer
     * @param customers how many; null: the one, or the account
     * @param why       free of values of customers
     */
    public record Entry(
            Act act,
            @Nullable String account,
            @Nullable Long customer,
            @Nullable String phone,
            @Nullable Long customers,
            @Nullable String why) {

        public static Entry of(Act act, @Nullable String account, @Nullable String why) {
            return new Entry(act, account, null, null, null, why);
        }

        /** @param customers how many */
        public static Entry ofMany(Act act, @Nullable String account, long customers, @Nullable String why) {
            return new Entry(act, account, null, null, customers, why);
        }

        public static Entry ofCustomer(Act act, CustomerLine customer, @Nullable String why) {
            return new Entry(act, customer.account(), customer.id(), customer.phone(), null, why);
        }
    }

    /** @throws Unavailable nothing is recorded */
    public void record(Actor actor, Entry entry) {
        database.act(actor, connection -> {
            record(connection, entry);
            return true;
        });
    }

    /** In a transaction of {@link PeopleDatabase#act}, which sets the person. */
    public static void record(Connection connection, Entry entry) throws SQLException {
        RECORD.on(connection)
                .set("act", entry.act().name())
                .set("account", entry.account())
                .set("customer", text(entry.customer()))
                .set("phone", entry.phone())
                .set("customers", text(entry.customers()))
                .set("why", entry.why())
                .list(row -> row.getLong(1));
    }

    private static @Nullable String text(@Nullable Long number) {
        return number == null ? null : String.valueOf(number);
    }
}
