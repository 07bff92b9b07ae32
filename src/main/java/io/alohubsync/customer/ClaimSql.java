package io.alohubsync.customer;

import io.alohubsync.phone.Phone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes due customers under a lease. Every time is the database's. */
public final class ClaimSql {

    // (SELECT clock_timestamp()) is evaluated once and so is an index condition; the bare call would be tested on every
    // row.
    // Each priority is a range of the index of its own (its due ones), walked from the highest by a skip scan: a
    // million
    // customers in backoff at one priority cost the others nothing.
    private static final String LEVELS = """
            level (priority) AS (
              (SELECT priority FROM alohub.due WHERE account = ? ORDER BY priority DESC LIMIT 1)
              UNION ALL
              SELECT (SELECT d.priority FROM alohub.due d WHERE d.account = ? AND d.priority < level.priority
                      ORDER BY d.priority DESC LIMIT 1)
              FROM level WHERE level.priority IS NOT NULL)""";

    // The account's row is locked only where a rate is set: the permits must be counted by one at a time.
    private static final String PERMITS = """
            permits (allowed) AS MATERIALIZED (
              SELECT CASE WHEN gate = 'OPEN' AND NOT ? = ANY (refused_keys) THEN ? ELSE 0 END
              FROM alohub.account WHERE name = ?)""";

    private static final String PERMITS_AT_A_RATE = """
            account AS MATERIALIZED (
              SELECT gate = 'OPEN' AND NOT ? = ANY (refused_keys) AS open, ?::bigint AS room, ?::float8 AS rate, clock_timestamp() AS now,
                     rate_spent_until, ?::float8 AS burst
              FROM alohub.account WHERE name = ? FOR NO KEY UPDATE),
            schedule AS MATERIALIZED (
              SELECT *, greatest(rate_spent_until, now - make_interval(secs => burst / rate)) AS spent_until FROM account),
            permits (allowed) AS MATERIALIZED (
              SELECT CASE WHEN open THEN least(room, greatest(0, floor(extract(epoch FROM now - spent_until) * rate + 1e-6)::bigint)) ELSE 0 END
              FROM schedule)""";

    // A customer whose two rows were read at different moments (a merge between them) is left for the next claim.
    // A lease that ended without a settle: its attempt is spent, and told in the history as UNKNOWN.
    private static final String TAKE = """
            picked AS MATERIALIZED (
              SELECT d.* FROM (SELECT priority FROM level WHERE priority IS NOT NULL) l
              CROSS JOIN LATERAL (
                SELECT d.customer_id, d.wanted_revision, d.lease_token, d.leased_at, d.sent_revision, d.attempts
                FROM alohub.due d
                WHERE d.account = ? AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
                  AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
                ORDER BY d.due_at
                LIMIT (SELECT allowed FROM permits) FOR NO KEY UPDATE SKIP LOCKED) d
              LIMIT (SELECT allowed FROM permits)),""";

    // Of the first thousand that are due, the one that was probed least recently.
    private static final String TAKE_FOR_PROBE = """
            candidate AS (
              SELECT first.customer_id FROM (
                SELECT d.customer_id, d.probed_at FROM (SELECT priority FROM level WHERE priority IS NOT NULL) l
                CROSS JOIN LATERAL (
                  SELECT d.customer_id, d.probed_at FROM alohub.due d
                  WHERE d.account = ? AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
                    AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
                  ORDER BY d.due_at LIMIT 1000) d
                LIMIT 1000) first
              ORDER BY first.probed_at NULLS FIRST LIMIT 1),
            locked AS MATERIALIZED (
              SELECT d.customer_id, d.wanted_revision, d.lease_token, d.leased_at, d.sent_revision, d.attempts
              FROM alohub.due d JOIN alohub.customer c ON c.id = d.customer_id AND c.wanted_revision = d.wanted_revision
              WHERE d.customer_id = (SELECT customer_id FROM candidate)
                AND d.due_at <= clock_timestamp() AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
              FOR NO KEY UPDATE OF d SKIP LOCKED),
            turn AS (
              UPDATE alohub.account SET probe_at = clock_timestamp() + make_interval(secs => ?), probes = probes + 1
              WHERE name = ? AND probe_at <= clock_timestamp() AND EXISTS (SELECT FROM locked)
                AND (gate IN ('REFUSED', 'MISCONFIGURED', 'UNREACHABLE') OR (gate = 'OPEN' AND ? = ANY (refused_keys)))
              RETURNING name),
            picked AS MATERIALIZED (SELECT locked.* FROM locked, turn),""";

    private static final String LEASE = """

            claimed AS (
              UPDATE alohub.due d
              SET lease_token = (SELECT nextval('alohub.lease_token')), leased_at = clock_timestamp(),
                  lease_until = clock_timestamp() + make_interval(secs => ?), sent_revision = p.wanted_revision,
                  attempts = d.attempts + (p.sent_revision IS NOT DISTINCT FROM p.wanted_revision)::integer,
                  probed_at = CASE WHEN ? THEN clock_timestamp() ELSE d.probed_at END
              FROM picked p JOIN alohub.customer c ON c.id = p.customer_id AND c.wanted_revision = p.wanted_revision
              WHERE d.customer_id = p.customer_id
              RETURNING d.customer_id, d.lease_token, c.account, c.phone, c.name, c.email, d.wanted_revision, d.attempts,
                        p.lease_token IS NOT NULL AS lost, p.sent_revision AS lost_revision, p.leased_at AS lost_at, p.attempts AS spent),
            told AS (
              INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome, error, started_at)
              SELECT customer_id, account, phone, lost_revision, spent + 1, 'UNKNOWN',
                     'The worker that had this customer vanished before it told what came of the call.', lost_at
              FROM claimed WHERE lost)""";

    private static final String SPEND = """
            ,
            spent AS (
              UPDATE alohub.account a
              SET rate_spent_until = s.spent_until + make_interval(secs => (SELECT count(*) FROM picked) / s.rate)
              FROM schedule s WHERE a.name = ? AND EXISTS (SELECT FROM picked))""";

    private static final String ANSWER = """

            SELECT customer_id, lease_token, phone, name, email, wanted_revision, attempts, lost FROM claimed""";

    private static final String CLAIM = "WITH RECURSIVE " + LEVELS + ",\n" + PERMITS + ",\n" + TAKE + LEASE + ANSWER;
    private static final String CLAIM_AT_A_RATE =
            "WITH RECURSIVE " + LEVELS + ",\n" + PERMITS_AT_A_RATE + ",\n" + TAKE + LEASE + SPEND + ANSWER;
    private static final String CLAIM_FOR_PROBE = "WITH RECURSIVE " + LEVELS + ",\n" + TAKE_FOR_PROBE + LEASE + ANSWER;

    private ClaimSql() {}

    /**
     * @param account     its name
     * @param key         fingerprint of the key that the calls will use; while it is the refused one nothing is claimed
     * @param limit       customers at most
     * @param lease       how long they are ours
     * @param callsPerSecond over all replicas; null: no rate
     */
    public record Request(
            String account,
            String key,
            int limit,
            Duration lease,
            @Nullable Double callsPerSecond) {

        /** Permits that may pile up while nobody calls: a tenth of a second's, at least one. */
        double burst() {
            return callsPerSecond == null ? 0 : Math.max(1, callsPerSecond / 10);
        }
    }

    /** The claim with plain values for its parameters: what EXPLAIN takes. */
    static String claimForExplain() {
        String[] values = {"'default'", "'default'", "'key'", "256", "'default'", "'default'", "90", "false"};
        StringBuilder sql = new StringBuilder();
        String[] parts = CLAIM.split("\\?", -1);
        for (int i = 0; i < parts.length; i++) {
            sql.append(parts[i]).append(i < values.length ? values[i] : "");
        }
        return sql.toString();
    }

    /** Due customers, most urgent first; none while the account's gate is not open. */
    public static List<Claimed> claim(Connection connection, Request request) throws SQLException {
        Double rate = request.callsPerSecond();
        try (PreparedStatement statement = connection.prepareStatement(rate == null ? CLAIM : CLAIM_AT_A_RATE)) {
            int i = 0;
            statement.setString(++i, request.account());
            statement.setString(++i, request.account());
            statement.setString(++i, request.key());
            statement.setLong(++i, request.limit());
            if (rate != null) {
                statement.setDouble(++i, rate);
                statement.setDouble(++i, request.burst());
            }
            statement.setString(++i, request.account());
            statement.setString(++i, request.account());
            statement.setDouble(++i, seconds(request.lease()));
            statement.setBoolean(++i, false);
            if (rate != null) {
                statement.setString(++i, request.account());
            }
            return claimed(statement, false);
        }
    }

    /** The one customer that may try a closed gate now, over all replicas; none before the account's next probe is due. */
    public static List<Claimed> claimForProbe(Connection connection, Request request) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM_FOR_PROBE)) {
            int i = 0;
            statement.setString(++i, request.account());
            statement.setString(++i, request.account());
            statement.setString(++i, request.account());
            statement.setDouble(++i, seconds(request.lease()));
            statement.setString(++i, request.account());
            statement.setString(++i, request.key());
            statement.setDouble(++i, seconds(request.lease()));
            statement.setBoolean(++i, true);
            return claimed(statement, true);
        }
    }

    private static List<Claimed> claimed(PreparedStatement statement, boolean probe) throws SQLException {
        List<Claimed> customers = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                customers.add(new Claimed(
                        row.getLong(1),
                        row.getLong(2),
                        new Phone(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getBoolean(8),
                        probe));
            }
        }
        return customers;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
