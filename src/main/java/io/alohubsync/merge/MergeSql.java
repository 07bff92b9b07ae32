package io.alohubsync.merge;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.Field;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.delivery.ClaimSql;
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

/** The merge's statements, in their order. All of one merge run in one transaction, which the caller holds. */
public final class MergeSql {

    private static final Sql REVIVE_ROWS = Sql.named("merge/revive-rows");
    private static final Sql LOCK_NEW_ROW = Sql.named("merge/lock-new-row");
    private static final Sql LOCK_CUSTOMERS = Sql.named("merge/lock-customers");
    private static final Sql INSERT_CUSTOMERS = Sql.named("merge/insert-customers");
    private static final Sql UPDATE_CUSTOMERS = Sql.named("merge/update-customers");
    private static final Sql MAKE_DUE = Sql.named("merge/make-due");
    private static final Sql LEASE_CUSTOMERS = Sql.named("merge/lease-customers");
    private static final Sql RAISE_PRIORITY = Sql.named("merge/raise-priority");
    private static final Sql RECORD_REPLACED = Sql.named("merge/record-replaced-values");
    private static final Sql MARK_ROWS = Sql.named("merge/mark-rows");

    private MergeSql() {}

    /**
     * @param accounts that are registered
     * @param limit    of each
     * @return how many rows are new again
     */
    public static int reviveRows(Connection connection, Collection<String> accounts, int limit) throws SQLException {
        return REVIVE_ROWS
                .on(connection)
                .texts("accounts", accounts, name -> name)
                .set("limit", limit)
                .update();
    }

    /** @return whether this row is still new, and locked now */
    public static boolean lockNewRow(Connection connection, long row) throws SQLException {
        return LOCK_NEW_ROW.on(connection).set("row", row).query(ResultSet::next);
    }

    /** Those of the customers that exist, locked. */
    public static Map<CustomerKey, CustomerState> lockCustomers(Connection connection, Collection<CustomerKey> keys)
            throws SQLException {
        return LOCK_CUSTOMERS
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
                        row.getInt("name_revision")),
                Field.of(
                        row.getString("email"),
                        row.getLong("email_row"),
                        row.getObject("email_version", Long.class),
                        row.getInt("email_revision")),
                row.getInt("wanted_revision"),
                row.getInt("delivered_revision"));
    }

    /**
     * @param customers new ones, in {@link CustomerKey#ORDER}
     * @return the ids of those that were inserted; the others exist since a moment ago
     */
    public static Map<CustomerKey, Long> insertCustomers(Connection connection, List<CustomerState> customers)
            throws SQLException {
        Binding insert = INSERT_CUSTOMERS
                .on(connection)
                .texts("accounts", customers, c -> c.key().account())
                .texts("phones", customers, c -> c.key().phone().e164());
        return content(insert, customers).query(row -> {
            Map<CustomerKey, Long> ids = new HashMap<>();
            while (row.next()) {
                ids.put(new CustomerKey(row.getString(2), new Phone(row.getString(3))), row.getLong(1));
            }
            return ids;
        });
    }

    public static void updateCustomers(Connection connection, List<CustomerState> customers) throws SQLException {
        Binding update = UPDATE_CUSTOMERS.on(connection).longs("customers", customers, CustomerState::id);
        content(update, customers)
                .ints("wanted_revisions", customers, CustomerState::wanted)
                .update();
    }

    private static Binding content(Binding write, List<CustomerState> customers) throws SQLException {
        return write.texts("names", customers, c -> c.name().value())
                .longs("name_rows", customers, c -> c.name().rowOrNull())
                .longs("name_versions", customers, c -> c.name().version())
                .ints("name_revisions", customers, c -> c.name().revisionOrNull())
                .texts("emails", customers, c -> c.email().value())
                .longs("email_rows", customers, c -> c.email().rowOrNull())
                .longs("email_versions", customers, c -> c.email().version())
                .ints("email_revisions", customers, c -> c.email().revisionOrNull());
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

    /**
     * Leases as many as the request allows, without a claim.
     *
     * @param customers whose wanted revision is not delivered, most urgent first
     * @return those that are leased now; none while the account's breaker is not open or its calls are counted, and none of those
     *     that are in {@code due} already
     */
    public static List<Claimed> lease(
            Connection connection, ClaimSql.Request request, List<CustomerState> customers, Map<Long, Short> priorities)
            throws SQLException {
        List<CustomerState> first = customers.subList(0, Math.min(request.limit(), customers.size()));
        Map<Long, CustomerState> byId = HashMap.newHashMap(first.size());
        first.forEach(customer -> byId.put(customer.id(), customer));
        return LEASE_CUSTOMERS
                .on(connection)
                .set("account", request.account())
                .set("key", request.key())
                .set("lease", request.lease())
                .longs("customers", first, CustomerState::id)
                .shorts("priorities", first, c -> priorities.getOrDefault(c.id(), (short) 0))
                .ints("revisions", first, CustomerState::wanted)
                .list(row -> Claimed.first(byId.get(row.getLong(1)), row.getLong(2)));
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

    public static void markRows(Connection connection, List<RowStatus> statuses) throws SQLException {
        MARK_ROWS
                .on(connection)
                .longs("rows", statuses, RowStatus::row)
                .texts(
                        "statuses",
                        statuses,
                        mergeStatus -> mergeStatus.mergeStatus().name())
                .longs("customers", statuses, ofCustomer(CustomerState::id))
                .ints("revisions", statuses, ofCustomer(CustomerState::wanted))
                .booleans("say_name", statuses, RowStatus::carriesName)
                .booleans("say_email", statuses, RowStatus::carriesEmail)
                .texts("reasons", statuses, mergeStatus -> codes(mergeStatus.reasons()))
                .update();
    }

    private static <T> Function<RowStatus, @Nullable T> ofCustomer(Function<CustomerState, T> value) {
        return mergeStatus -> mergeStatus.customer() == null ? null : value.apply(mergeStatus.customer());
    }

    private static @Nullable String codes(Set<Reason> reasons) {
        if (reasons.isEmpty()) {
            return null;
        }
        return String.join(",", reasons.stream().map(Reason::code).sorted().toList());
    }
}
