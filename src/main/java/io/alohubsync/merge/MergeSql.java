package io.alohubsync.merge;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.Field;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements of the merge. Each runs in a transaction that the caller holds. */
public final class MergeSql {

    private static final Sql MAKE_ROWS_NEW = Sql.named("merge/make-rows-new");
    private static final Sql LOCK_NEW_ROW = Sql.named("merge/lock-new-row");
    private static final Sql LOCK_CUSTOMERS = Sql.named("merge/lock-customers");
    private static final Sql LOCK_CUSTOMERS_AND_DUE = Sql.named("merge/lock-customers-and-due");
    private static final Sql INSERT_CUSTOMERS = Sql.named("merge/insert-customers");
    private static final Sql UPDATE_CUSTOMERS = Sql.named("merge/update-customers");
    private static final Sql MAKE_DUE = Sql.named("merge/make-due");
    private static final Sql MOVE_LEASES = Sql.named("merge/move-leases");
    private static final Sql RAISE_PRIORITY = Sql.named("merge/raise-priority");
    private static final Sql RECORD_REPLACED = Sql.named("merge/record-replaced-values");
    private static final Sql KEEP_UNVERSIONED = Sql.named("merge/keep-unversioned-values");
    private static final Sql MARK_ROWS = Sql.named("merge/mark-rows");

    private MergeSql() {}

    /**
     * @param accounts that are registered
     * @param limit    of each
     * @return how many rows are new again
     */
    public static int makeRowsNew(Connection connection, Collection<String> accounts, int limit) throws SQLException {
        return MAKE_ROWS_NEW
                .on(connection)
                .texts("accounts", accounts, name -> name)
                .set("limit", limit)
                .update();
    }

    /** @return whether this row is still new, and locked now */
    public static boolean lockNewRow(Connection connection, long row) throws SQLException {
        return LOCK_NEW_ROW.on(connection).set("row", row).query(ResultSet::next);
    }

    /**
     * @param due their rows of {@code due} too
     * @return those of the customers that exist, locked
     */
    public static Map<CustomerKey, CustomerState> lockCustomers(
            Connection connection, Collection<CustomerKey> keys, boolean due) throws SQLException {
        return (due ? LOCK_CUSTOMERS_AND_DUE : LOCK_CUSTOMERS)
                .on(connection)
                .texts("accounts", keys, CustomerKey::account)
                .texts("phones", keys, key -> key.phone().e164())
                .query(MergeSql::byKey);
    }

    private static Map<CustomerKey, CustomerState> byKey(ResultSet row) throws SQLException {
        Map<CustomerKey, CustomerState> found = new HashMap<>();
        while (row.next()) {
            CustomerState customer = state(row);
            found.put(customer.key(), customer);
        }
        return found;
    }

    private static CustomerState state(ResultSet row) throws SQLException {
        return new CustomerState(
                row.getLong("id"),
                new CustomerKey(row.getString("account"), new Phone(row.getString("phone"))),
                Field.of(
                        row.getString("name"),
                        row.getLong("name_row"),
                        row.getObject("name_version", Long.class),
                        row.getInt("name_revision"),
                        unversioned(row, "unversioned_name", "unversioned_name_row")),
                Field.of(
                        row.getString("email"),
                        row.getLong("email_row"),
                        row.getObject("email_version", Long.class),
                        row.getInt("email_revision"),
                        unversioned(row, "unversioned_email", "unversioned_email_row")),
                row.getInt("wanted_revision"),
                row.getInt("delivered_revision"),
                row.getBoolean("leased"));
    }

    private static Field.@Nullable Unversioned unversioned(ResultSet row, String value, String number)
            throws SQLException {
        long its = row.getLong(number);
        return its == 0 ? null : new Field.Unversioned(row.getString(value), its);
    }

    /** A customer's id, and the token of its lease; 0: it was inserted without one. */
    record Inserted(long id, long token) {}

    /**
     * @param customers new ones, in {@link CustomerKey#ORDER}
     * @param offer     customers that may be leased
     * @return those that were inserted; the others exist since a moment ago
     */
    static Map<CustomerKey, Inserted> insertCustomers(
            Connection connection, List<CustomerMerge> customers, LeaseOffer offer) throws SQLException {
        Binding insert = INSERT_CUSTOMERS
                .on(connection)
                .texts("phones", customers, c -> c.after().key().phone().e164());
        return offered(content(insert, customers), customers, offer).query(row -> {
            Map<CustomerKey, Inserted> inserted = new HashMap<>();
            while (row.next()) {
                inserted.put(
                        new CustomerKey(row.getString(2), new Phone(row.getString(3))),
                        new Inserted(row.getLong(1), row.getLong(4)));
            }
            return inserted;
        });
    }

    /**
     * @param offer customers that may be leased
     * @return the tokens of those that are leased now, by the customer's id
     */
    static Map<Long, Long> updateCustomers(Connection connection, List<CustomerMerge> customers, LeaseOffer offer)
            throws SQLException {
        Binding update = UPDATE_CUSTOMERS
                .on(connection)
                .longs("customers", customers, c -> c.after().id());
        content(update, customers)
                .ints("wanted_revisions", customers, c -> c.after().wanted());
        return offered(update, customers, offer).query(row -> {
            Map<Long, Long> tokens = new HashMap<>();
            while (row.next()) {
                tokens.put(row.getLong(1), row.getLong(2));
            }
            return tokens;
        });
    }

    private static Binding content(Binding write, List<CustomerMerge> customers) throws SQLException {
        return write.texts("accounts", customers, c -> c.after().key().account())
                .texts("names", customers, c -> c.after().name().value())
                .longs("name_rows", customers, c -> c.after().name().rowOrNull())
                .longs("name_versions", customers, c -> c.after().name().version())
                .ints("name_revisions", customers, c -> c.after().name().revisionOrNull())
                .texts("emails", customers, c -> c.after().email().value())
                .longs("email_rows", customers, c -> c.after().email().rowOrNull())
                .longs("email_versions", customers, c -> c.after().email().version())
                .ints("email_revisions", customers, c -> c.after().email().revisionOrNull());
    }

    private static Binding offered(Binding write, List<CustomerMerge> customers, LeaseOffer offer) throws SQLException {
        return write.booleans("leasable", customers, offer::includes)
                .shorts("priorities", customers, CustomerMerge::priority)
                .texts("offered_accounts", offer.lots(), lot -> lot.request().account())
                .shorts("offered_priorities", offer.lots(), LeaseOffer.Lot::priority)
                .texts("offered_keys", offer.lots(), lot -> lot.request().key())
                .doubles(
                        "offered_seconds",
                        offer.lots(),
                        lot -> lot.request().lease().toNanos() / 1e9);
    }

    /** Moves their leases to {@code due}, where a newer revision and a priority can wait. */
    static void moveLeases(Connection connection, List<Long> customers) throws SQLException {
        MOVE_LEASES.on(connection).longs("customers", customers, id -> id).query(ResultSet::next);
    }

    /** @param priorities by customer id; 0 where absent */
    public static void makeDue(Connection connection, List<CustomerState> customers, Map<Long, Short> priorities)
            throws SQLException {
        MAKE_DUE.on(connection)
                .longs("customers", customers, CustomerState::id)
                .texts("accounts", customers, c -> c.key().account())
                .shorts("priorities", customers, c -> priorities.getOrDefault(c.id(), (short) 0))
                .ints("revisions", customers, CustomerState::wanted)
                .update();
    }

    /** Customers that wait already go as high as the most urgent row that asks for them. */
    public static void raisePriority(Connection connection, Map<Long, Short> priorities) throws SQLException {
        RAISE_PRIORITY
                .on(connection)
                .longs("customers", priorities.keySet(), id -> id)
                .shorts("priorities", priorities.keySet(), priorities::get)
                .update();
    }

    public static void recordReplaced(Connection connection, List<ReplacedValue> values) throws SQLException {
        RECORD_REPLACED
                .on(connection)
                .longs("customers", values, ReplacedValue::customerId)
                .texts("fields", values, ReplacedValue::field)
                .ints("first_revisions", values, ReplacedValue::firstRevision)
                .ints("last_revisions", values, ReplacedValue::lastRevision)
                .update();
    }

    /** Values of rows without a version, where versions decide. */
    static void keepUnversioned(Connection connection, List<CustomerState> customers) throws SQLException {
        KEEP_UNVERSIONED
                .on(connection)
                .longs("customers", customers, CustomerState::id)
                .texts("names", customers, c -> c.name().unversionedValue())
                .longs("name_rows", customers, c -> c.name().unversionedRow())
                .texts("emails", customers, c -> c.email().unversionedValue())
                .longs("email_rows", customers, c -> c.email().unversionedRow())
                .update();
    }

    public static void markRows(Connection connection, List<RowStatus> statuses) throws SQLException {
        MARK_ROWS
                .on(connection)
                .longs("rows", statuses, RowStatus::row)
                .texts("statuses", statuses, row -> row.mergeStatus().name())
                .longs("customers", statuses, ofCustomer(CustomerState::id))
                .ints("revisions", statuses, ofCustomer(CustomerState::wanted))
                .booleans("carries_name", statuses, RowStatus::carriesName)
                .booleans("carries_email", statuses, RowStatus::carriesEmail)
                .texts("reasons", statuses, row -> codes(row.reasons()))
                .update();
    }

    private static <T> Function<RowStatus, @Nullable T> ofCustomer(Function<CustomerState, T> value) {
        return row -> row.customer() == null ? null : value.apply(row.customer());
    }

    private static @Nullable String codes(Set<Reason> reasons) {
        if (reasons.isEmpty()) {
            return null;
        }
        return String.join(",", reasons.stream().map(Reason::code).sorted().toList());
    }
}
