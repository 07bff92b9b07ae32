package io.alohubsync.customer;

import io.alohubsync.phone.Phone;
import io.alohubsync.phone.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The merge's statements, in their order. All of one merge run in one transaction, which the caller holds. */
public final class MergeSql {

    // The account that a row means: the index of rows with an unknown one has the same expression.
    static final String ACCOUNT = "coalesce(nullif(btrim(left(account, 100), E' \\t\\n\\r'), ''), 'default')";

    // Rows that were rejected before their account was registered are new once more.
    private static final String REVIVE_ROWS = """
            UPDATE alohub.customer_outbox SET fate = NULL, reasons = NULL, merged_at = NULL
            WHERE id = ANY (ARRAY(
              SELECT o.id FROM unnest(?::text[]) AS known (name) CROSS JOIN LATERAL (
                SELECT id FROM alohub.customer_outbox
                WHERE fate = 'REJECTED' AND reasons = '{account.unknown}' AND ACCOUNT = known.name
                LIMIT ? FOR NO KEY UPDATE SKIP LOCKED) o))""".replace("ACCOUNT", ACCOUNT);

    private static final String LOCK_NEW_ROW =
            "SELECT id FROM alohub.customer_outbox WHERE id = ? AND fate IS NULL FOR NO KEY UPDATE SKIP LOCKED";

    // In the order of ids, as the settle locks them. Whoever somebody holds locked is passed over: it looks unknown,
    // its insert
    // finds it there, its rows stay new. A person's open transaction keeps back that one customer and nobody else.
    private static final String LOCK_CUSTOMERS = """
            SELECT c.id, c.account, c.phone, c.name, c.name_row, c.name_version, c.name_revision,
                   c.email, c.email_row, c.email_version, c.email_revision, c.wanted_revision, c.delivered_revision
            FROM unnest(?::text[], ?::text[]) AS k (account, phone) JOIN alohub.customer c USING (account, phone)
            ORDER BY c.id FOR NO KEY UPDATE OF c SKIP LOCKED""";

    // Only keys that a plain read does not find: one that is there is locked, and a conflict with it would wait for
    // whoever has changed it and not committed. A customer that another replica has just inserted is left out of the
    // answer. Either way its rows stay new.
    private static final String INSERT_CUSTOMERS = """
            INSERT INTO alohub.customer (account, phone, name, name_row, name_version, name_revision, email, email_row, email_version, email_revision)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::integer[], ?::text[], ?::bigint[], ?::bigint[], ?::integer[])
              AS n (account, phone)
            WHERE NOT EXISTS (SELECT FROM alohub.customer c WHERE c.account = n.account AND c.phone = n.phone)
            ON CONFLICT (account, phone) DO NOTHING
            RETURNING id, account, phone""";

    private static final String UPDATE_CUSTOMERS = """
            UPDATE alohub.customer c
            SET name = n.name, name_row = n.name_row, name_version = n.name_version, name_revision = n.name_revision,
                email = n.email, email_row = n.email_row, email_version = n.email_version, email_revision = n.email_revision,
                wanted_revision = n.wanted_revision, updated_at = clock_timestamp()
            FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::integer[], ?::text[], ?::bigint[], ?::bigint[], ?::integer[], ?::integer[])
              AS n (id, name, name_row, name_version, name_revision, email, email_row, email_version, email_revision, wanted_revision)
            WHERE c.id = n.id""";

    // A new revision resets the attempts and revives the dead; it never shortens a backoff or a quarantine, and a place
    // in
    // the line or a lease stays as it is.
    private static final String MAKE_DUE = """
            INSERT INTO alohub.due AS d (customer_id, account, priority, wanted_revision)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::smallint[], ?::integer[])
            ON CONFLICT (customer_id) DO UPDATE
            SET wanted_revision = excluded.wanted_revision, attempts = 0, dead = false, refused_at = NULL,
                priority = greatest(d.priority, excluded.priority),
                due_at = CASE WHEN d.hold IS NOT NULL THEN 'infinity'
                              WHEN d.dead THEN greatest(clock_timestamp(), d.not_before)
                              ELSE d.due_at END""";

    // The common path: nothing else is known of the phone, or it was at rest, and somebody has time for it now. The
    // permission is
    // the claim's own, in the same statement. Whoever is in due already keeps its place there.
    private static final String LEASE = """
            WITH permits AS MATERIALIZED (
              SELECT FROM alohub.account
              WHERE name = ? AND gate IN ('OPEN', 'REFUSED') AND learned_rate IS NULL AND NOT ? = ANY (refused_keys))
            INSERT INTO alohub.due (customer_id, account, priority, wanted_revision, lease_token, leased_at, lease_until, sent_revision)
            SELECT n.customer_id, ?, n.priority, n.revision, nextval('alohub.lease_token'), m.now, m.now + make_interval(secs => ?), n.revision
            FROM (SELECT clock_timestamp() AS now) m, unnest(?::bigint[], ?::smallint[], ?::integer[]) AS n (customer_id, priority, revision)
            WHERE EXISTS (SELECT FROM permits)
            ON CONFLICT (customer_id) DO NOTHING
            RETURNING customer_id, lease_token""";

    private static final String RAISE_PRIORITY = """
            UPDATE alohub.due d SET priority = n.priority
            FROM unnest(?::bigint[], ?::smallint[]) AS n (customer_id, priority)
            WHERE d.customer_id = n.customer_id AND d.priority < n.priority""";

    private static final String RECORD_REPLACED = """
            INSERT INTO alohub.replaced_value (customer_id, field, first_revision, last_revision)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::integer[], ?::integer[])""";

    private static final String MARK_ROWS = """
            UPDATE alohub.customer_outbox o
            SET fate = n.fate, customer_id = n.customer_id, revision = n.revision, says_name = n.says_name,
                says_email = n.says_email, reasons = string_to_array(n.reasons, ','), merged_at = clock_timestamp()
            FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::integer[], ?::boolean[], ?::boolean[], ?::text[])
              AS n (id, fate, customer_id, revision, says_name, says_email, reasons)
            WHERE o.id = n.id""";

    private MergeSql() {}

    /**
     * @param accounts that are registered
     * @param limit    of each
     * @return how many rows are new again
     */
    public static int reviveRows(Connection connection, Collection<String> accounts, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REVIVE_ROWS)) {
            new Arrays(statement).texts(accounts, name -> name);
            statement.setInt(2, limit);
            return statement.executeUpdate();
        }
    }

    /** @return whether this row is still new, and locked now */
    public static boolean lockNewRow(Connection connection, long row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_NEW_ROW)) {
            statement.setLong(1, row);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    /** Those of the customers that exist, locked. */
    public static Map<CustomerKey, CustomerState> lockCustomers(Connection connection, Collection<CustomerKey> keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_CUSTOMERS)) {
            new Arrays(statement)
                    .texts(keys, CustomerKey::account)
                    .texts(keys, key -> key.phone().e164());
            Map<CustomerKey, CustomerState> found = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    CustomerState customer = state(row);
                    found.put(customer.key(), customer);
                }
            }
            return found;
        }
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
        try (PreparedStatement statement = connection.prepareStatement(INSERT_CUSTOMERS)) {
            Arrays arrays = new Arrays(statement)
                    .texts(customers, c -> c.key().account())
                    .texts(customers, c -> c.key().phone().e164());
            content(arrays, customers);
            Map<CustomerKey, Long> ids = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.put(new CustomerKey(row.getString(2), new Phone(row.getString(3))), row.getLong(1));
                }
            }
            return ids;
        }
    }

    public static void updateCustomers(Connection connection, List<CustomerState> customers) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_CUSTOMERS)) {
            Arrays arrays = new Arrays(statement).longs(customers, CustomerState::id);
            content(arrays, customers).ints(customers, CustomerState::wanted);
            statement.executeUpdate();
        }
    }

    private static Arrays content(Arrays arrays, List<CustomerState> customers) throws SQLException {
        return arrays.texts(customers, c -> c.name().value())
                .longs(customers, c -> c.name().rowOrNull())
                .longs(customers, c -> c.name().version())
                .ints(customers, c -> c.name().revisionOrNull())
                .texts(customers, c -> c.email().value())
                .longs(customers, c -> c.email().rowOrNull())
                .longs(customers, c -> c.email().version())
                .ints(customers, c -> c.email().revisionOrNull());
    }

    /** @param priorities by customer id; 0 where absent */
    public static void makeDue(Connection connection, List<CustomerState> customers, Map<Long, Short> priorities)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAKE_DUE)) {
            new Arrays(statement)
                    .longs(customers, CustomerState::id)
                    .texts(customers, c -> c.key().account())
                    .shorts(customers, c -> priorities.getOrDefault(c.id(), (short) 0))
                    .ints(customers, CustomerState::wanted);
            statement.executeUpdate();
        }
    }

    /**
     * Leases as many as the request allows, without a claim.
     *
     * @param customers whose wanted revision is not delivered, most urgent first
     * @return those that are leased now; none while the account's gate is not open or its calls are counted, and none of those
     *     that are in {@code due} already
     */
    public static List<Claimed> lease(
            Connection connection, ClaimSql.Request request, List<CustomerState> customers, Map<Long, Short> priorities)
            throws SQLException {
        List<CustomerState> first = customers.subList(0, Math.min(request.limit(), customers.size()));
        Map<Long, CustomerState> byId = HashMap.newHashMap(first.size());
        first.forEach(customer -> byId.put(customer.id(), customer));
        try (PreparedStatement statement = connection.prepareStatement(LEASE)) {
            statement.setString(1, request.account());
            statement.setString(2, request.key());
            statement.setString(3, request.account());
            statement.setDouble(4, request.lease().toNanos() / 1e9);
            new Arrays(statement, 5)
                    .longs(first, CustomerState::id)
                    .shorts(first, c -> priorities.getOrDefault(c.id(), (short) 0))
                    .ints(first, CustomerState::wanted);
            List<Claimed> leased = new ArrayList<>(first.size());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    CustomerState customer = byId.get(row.getLong(1));
                    leased.add(Claimed.first(customer, row.getLong(2)));
                }
            }
            return leased;
        }
    }

    /** Customers that wait already go as high as the most urgent row that asks for them. */
    public static void raisePriority(Connection connection, Map<Long, Short> priorities) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RAISE_PRIORITY)) {
            new Arrays(statement).longs(priorities.keySet(), id -> id).shorts(priorities.keySet(), priorities::get);
            statement.executeUpdate();
        }
    }

    public static void recordReplaced(Connection connection, List<ReplacedValue> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD_REPLACED)) {
            new Arrays(statement)
                    .longs(values, ReplacedValue::customerId)
                    .texts(values, ReplacedValue::field)
                    .ints(values, ReplacedValue::firstRevision)
                    .ints(values, ReplacedValue::lastRevision);
            statement.executeUpdate();
        }
    }

    public static void markRows(Connection connection, List<RowFate> fates) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK_ROWS)) {
            new Arrays(statement)
                    .longs(fates, RowFate::row)
                    .texts(fates, fate -> fate.fate().name())
                    .longs(fates, ofCustomer(CustomerState::id))
                    .ints(fates, ofCustomer(CustomerState::wanted))
                    .booleans(fates, RowFate::saysName)
                    .booleans(fates, RowFate::saysEmail)
                    .texts(fates, fate -> codes(fate.reasons()));
            statement.executeUpdate();
        }
    }

    private static <T> Function<RowFate, @Nullable T> ofCustomer(Function<CustomerState, T> value) {
        return fate -> fate.customer() == null ? null : value.apply(fate.customer());
    }

    private static @Nullable String codes(Set<Reason> reasons) {
        if (reasons.isEmpty()) {
            return null;
        }
        return String.join(",", reasons.stream().map(Reason::code).sorted().toList());
    }
}
