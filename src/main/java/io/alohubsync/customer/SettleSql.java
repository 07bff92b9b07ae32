package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes what attempts came to, fenced: a settlement whose token is no longer the lease's changes nothing. All of one call
 * run in one transaction, which the caller holds.
 */
public final class SettleSql {

    // First, and in the order of ids: as the merge does, so that neither waits for the other in a circle. The
    // statements
    // after it see every merge that was committed before the locks were had.
    private static final String LOCK_CUSTOMERS =
            "SELECT id FROM alohub.customer WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED";

    // The common path: accepted, nothing newer wanted, nobody holds it. The customer is at rest.
    private static final String SETTLE_DELIVERED = """
        WITH gone AS (
          DELETE FROM alohub.due d
          USING unnest(?::bigint[], ?::bigint[], ?::integer[], ?::text[], ?::integer[], ?::float8[], ?::float8[], ?::text[])
            AS s (customer_id, token, sent, phone, http_status, age, seconds, worker)
          WHERE d.customer_id = s.customer_id AND d.lease_token = s.token AND d.wanted_revision = s.sent AND d.hold IS NULL
          RETURNING d.customer_id, d.account, d.attempts + 1 AS attempts, s.sent, s.phone, s.http_status, s.age, s.seconds, s.worker),
        told AS (
          INSERT INTO alohub.delivery_attempt
            (customer_id, account, phone, revision, attempt, outcome, http_status, started_at, duration_ms, worker)
          SELECT customer_id, account, phone, sent, attempts, 'ACCEPTED', http_status,
                 clock_timestamp() - make_interval(secs => age), (seconds * 1000)::integer, worker
          FROM gone)
        UPDATE alohub.customer c
        SET delivered_revision = gone.sent, delivered_at = clock_timestamp(), attempts = gone.attempts,
            last_outcome = 'ACCEPTED', http_status = gone.http_status, error = NULL, updated_at = clock_timestamp()
        FROM gone WHERE c.id = gone.customer_id
        RETURNING c.id\
        """;

    // Everything else. A settle judges only what was sent: where a newer revision is wanted (the merge has reset the
    // attempts), nobody dies and the customer goes on being due, though not before its time. Without a wait it keeps
    // its
    // place in the line. A person who retried it meanwhile has reset the attempts: the last was not the last. An
    // acceptance that comes after a value was replaced still was that value's: see outbox_status.
    private static final String SETTLE_OTHERS = """
        WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS now),
        kept AS (
          UPDATE alohub.due d
          SET lease_token = NULL, leased_at = NULL, lease_until = NULL, sent_revision = NULL,
              attempts = CASE WHEN s.accepted THEN 0 WHEN d.wanted_revision > s.sent THEN d.attempts ELSE d.attempts + s.spent END,
              dead = d.dead OR (s.dead AND d.wanted_revision = s.sent AND (s.outcome = 'REFUSED' OR d.attempts >= s.attempt - 1)),
              refused_at = CASE WHEN s.outcome = 'ACCOUNT_REFUSED' THEN m.now WHEN NOT s.accepted THEN d.refused_at END,
              throttled = CASE WHEN s.outcome = 'THROTTLED' AND s.http_status = 503
                               THEN CASE WHEN d.throttled_revision = s.sent THEN least(d.throttled, 1000) + 1 ELSE 1 END ELSE d.throttled END,
              throttled_revision = CASE WHEN s.outcome = 'THROTTLED' AND s.http_status = 503 THEN s.sent ELSE d.throttled_revision END,
              not_before = CASE WHEN s.wait > 0 THEN m.now + make_interval(secs => s.wait) ELSE d.not_before END,
              due_at = CASE WHEN d.hold IS NOT NULL OR d.dead
                              OR (s.dead AND d.wanted_revision = s.sent AND (s.outcome = 'REFUSED' OR d.attempts >= s.attempt - 1)) THEN 'infinity'
                            WHEN s.wait > 0 THEN m.now + make_interval(secs => s.wait)
                            ELSE d.due_at END
          FROM moment m, unnest(?::bigint[], ?::bigint[], ?::integer[], ?::text[], ?::boolean[], ?::boolean[], ?::integer[],
                 ?::boolean[], ?::integer[], ?::float8[], ?::text[], ?::integer[], ?::text[], ?::float8[], ?::float8[], ?::text[])
            AS s (customer_id, token, sent, phone, accepted, dead, spent, called, attempt, wait, outcome, http_status, error, age, seconds, worker)
          WHERE d.customer_id = s.customer_id AND d.lease_token = s.token
          RETURNING d.customer_id, d.account, d.attempts, s.sent, s.phone, s.accepted, s.called, s.attempt, s.outcome, s.http_status,
                    s.error, s.age, s.seconds, s.worker),
        told AS (
          INSERT INTO alohub.delivery_attempt
            (customer_id, account, phone, revision, attempt, outcome, http_status, error, started_at, duration_ms, worker)
          SELECT customer_id, account, phone, sent, attempt, outcome, http_status, error,
                 clock_timestamp() - make_interval(secs => age), (seconds * 1000)::integer, worker
          FROM kept WHERE called),
        carried AS (
          DELETE FROM alohub.replaced_value v
          USING kept k
          WHERE k.accepted AND v.customer_id = k.customer_id AND k.sent BETWEEN v.first_revision AND v.last_revision),
        shown AS (
          UPDATE alohub.customer c
          SET delivered_revision = CASE WHEN k.accepted THEN greatest(c.delivered_revision, k.sent) ELSE c.delivered_revision END,
              delivered_at = CASE WHEN k.accepted THEN clock_timestamp() ELSE c.delivered_at END,
              attempts = k.attempts, last_outcome = k.outcome, http_status = k.http_status, error = k.error,
              updated_at = clock_timestamp()
          FROM kept k
          WHERE c.id = k.customer_id AND k.outcome IS NOT NULL)
        SELECT customer_id FROM kept\
        """;

    // What was spent while the account was ill is given back: who died of it lives again, not before its time. That is
    // done
    // once: who was part of it is a suspect when another customer's acceptance has ended it.
    private static final String GIVE_BACK = """
        UPDATE alohub.due d
        SET attempts = greatest(0, d.attempts - s.attempts), dead = d.dead AND NOT revives, refused_at = clock_timestamp(),
            due_at = CASE WHEN d.dead AND revives AND d.hold IS NULL THEN greatest(clock_timestamp(), d.not_before) ELSE d.due_at END
        FROM unnest(?::bigint[], ?::integer[], ?::integer[]) AS s (customer_id, revision, attempts)
        JOIN alohub.customer c ON c.id = s.customer_id
        CROSS JOIN LATERAL (SELECT c.last_outcome IN ('FAILED', 'UNKNOWN', 'REFUSED') AS revives) r
        WHERE d.customer_id = s.customer_id AND d.wanted_revision = s.revision\
        """;

    private SettleSql() {}

    /** @return ids of those that could be looked at; somebody holds the others locked */
    public static Set<Long> giveBack(Connection connection, List<Spent> spent) throws SQLException {
        Set<Long> locked;
        try (PreparedStatement statement = connection.prepareStatement(LOCK_CUSTOMERS)) {
            new Arrays(statement).longs(spent, Spent::customerId);
            locked = ids(statement);
        }
        List<Spent> looked =
                spent.stream().filter(one -> locked.contains(one.customerId())).toList();
        try (PreparedStatement statement = connection.prepareStatement(GIVE_BACK)) {
            new Arrays(statement)
                    .longs(looked, Spent::customerId)
                    .ints(looked, Spent::revision)
                    .ints(looked, Spent::attempts);
            statement.executeUpdate();
        }
        return locked;
    }

    /**
     * @param ages of the settlements, in their order: how long ago the call began
     */
    public static Written settle(Connection connection, List<Settlement> settlements, List<Duration> ages)
            throws SQLException {
        Set<Long> locked = lockCustomers(connection, settlements);
        List<Aged> delivered = new ArrayList<>();
        List<Aged> others = new ArrayList<>();
        for (int i = 0; i < settlements.size(); i++) {
            Settlement settlement = settlements.get(i);
            if (!locked.contains(settlement.customer().customerId())) {
                continue;
            }
            (settlement.isDelivered() ? delivered : others).add(new Aged(settlement, ages.get(i)));
        }
        Set<Long> settled = delivered.isEmpty() ? new HashSet<>() : settleDelivered(connection, delivered);
        for (Aged aged : delivered) {
            if (!settled.contains(aged.settlement.customer().customerId())) {
                others.add(aged);
            }
        }
        if (!others.isEmpty()) {
            settled.addAll(settleOthers(connection, others));
        }
        return new Written(locked, settled);
    }

    /**
     * @param looked  ids of the customers that could be looked at; the others are locked by somebody and left as they were
     * @param settled of them, those that were settled; the others' leases had ended and been taken
     */
    public record Written(Set<Long> looked, Set<Long> settled) {}

    private record Aged(Settlement settlement, Duration age) {
        Claimed customer() {
            return settlement.customer();
        }
    }

    private static Set<Long> lockCustomers(Connection connection, List<Settlement> settlements) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_CUSTOMERS)) {
            new Arrays(statement).longs(settlements, s -> s.customer().customerId());
            return ids(statement);
        }
    }

    private static Set<Long> settleDelivered(Connection connection, List<Aged> delivered) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SETTLE_DELIVERED)) {
            lease(new Arrays(statement), delivered)
                    .ints(delivered, a -> a.settlement.httpStatus())
                    .doubles(delivered, a -> seconds(a.age))
                    .doubles(delivered, a -> seconds(a.settlement.duration()))
                    .texts(delivered, a -> a.settlement.worker());
            return ids(statement);
        }
    }

    private static Set<Long> settleOthers(Connection connection, List<Aged> others) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SETTLE_OTHERS)) {
            lease(new Arrays(statement), others)
                    .booleans(others, a -> a.settlement.isDelivered())
                    .booleans(others, a -> a.settlement.verdict() == Settlement.Verdict.DEAD)
                    .ints(others, a -> a.settlement.isSpent() ? 1 : 0)
                    .booleans(others, a -> a.settlement.called())
                    .ints(others, a -> a.customer().attempts() + 1)
                    .doubles(others, a -> seconds(a.settlement.pause()))
                    .texts(others, a -> a.settlement.outcome())
                    .ints(others, a -> a.settlement.httpStatus())
                    .texts(others, a -> a.settlement.error())
                    .doubles(others, a -> seconds(a.age))
                    .doubles(others, a -> seconds(a.settlement.duration()))
                    .texts(others, a -> a.settlement.worker());
            return ids(statement);
        }
    }

    private static Arrays lease(Arrays arrays, List<Aged> settlements) throws SQLException {
        return arrays.longs(settlements, a -> a.customer().customerId())
                .longs(settlements, a -> a.customer().token())
                .ints(settlements, a -> a.customer().revision())
                .texts(settlements, a -> a.customer().phone().e164());
    }

    private static Set<Long> ids(PreparedStatement statement) throws SQLException {
        Set<Long> ids = new HashSet<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
