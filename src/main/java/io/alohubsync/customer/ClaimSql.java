package io.alohubsync.customer;

import io.alohubsync.phone.Phone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
          FROM level WHERE level.priority IS NOT NULL)\
        """;

    // The oldest of those that are less urgent than what was claimed last: see Turns.
    private static final String LEVELS_BELOW =
            LEVELS.replaceFirst("account = \\? ORDER BY", "account = ? AND priority < ? ORDER BY");

    // The priorities that are known, and where the last look ended: see Watermark. And one above them, if there is one:
    // who is more urgent than all before waits for no sweep.
    private static final String KNOWN_LEVELS = """
        level (priority, first) AS MATERIALIZED (
          (SELECT d.priority, '-infinity'::timestamptz FROM alohub.due d WHERE d.account = ? AND d.priority > ?
           ORDER BY d.priority DESC LIMIT 1)
          UNION ALL
          SELECT priority, to_timestamp(micros / 1e6) FROM unnest(?::smallint[], ?::bigint[]) AS known (priority, micros))\
        """;

    // Unless calls are counted the account's row is only read: a claim waits for no other. REFUSED is about keys: it
    // stops those who hold a refused one. One row in any case, as below: no account, no customers (LIMIT NULL is no
    // limit).
    private static final String PERMITS = """
        permits (allowed, opened_at) AS MATERIALIZED (
          SELECT coalesce(max(CASE WHEN gate IN ('OPEN', 'REFUSED') AND learned_rate IS NULL AND NOT ? = ANY (refused_keys) THEN ?::bigint END), 0), max(opened_at)
          FROM alohub.account WHERE name = ?)\
        """;

    // Each call has a slot on a schedule that all replicas share: from one slot to the next is an interval, the set one
    // or
    // the learned one, longer while calls rise again after a closing. Slots are given out a moment ahead, so that a
    // claim
    // is worth its while; what nobody took by its time is gone, but for the burst.
    private static final String PERMITS_BY_SCHEDULE = """
        account AS MATERIALIZED (
          SELECT gate IN ('OPEN', 'PROBING', 'REFUSED') AND NOT ? = ANY (refused_keys) AS open, ?::bigint AS room, ?::float8 AS set_interval, ?::float8 AS burst,
                 ?::float8 AS horizon, ?::float8 AS ramp, gate, gate_since, gate_until, learned_rate, learned_limit, opened_at, rate_spent_until, clock_timestamp() AS now
          FROM alohub.account WHERE name = ? FOR NO KEY UPDATE),
        pace AS MATERIALIZED (
          SELECT *, greatest(coalesce(set_interval, 1 / learned_rate),
                   CASE WHEN gate = 'PROBING' AND ramp > 0 THEN 0.1 / power(1000, least(1, greatest(0,
                     1 - extract(epoch FROM coalesce(gate_until, gate_since + make_interval(secs => ramp)) - now)::float8 / ramp))) END) AS interval
          FROM account),
        schedule AS MATERIALIZED (
          SELECT *, greatest(least(rate_spent_until, now + make_interval(secs => greatest(60, interval))), now - make_interval(secs => CASE WHEN set_interval = interval THEN (burst - 1) * interval ELSE 0 END)) AS free_from
          FROM pace),
        permits (allowed, opened_at) AS MATERIALIZED (
          SELECT coalesce(max(CASE WHEN NOT open THEN 0 WHEN interval IS NULL THEN room
                      ELSE least(room, greatest(0, floor((extract(epoch FROM now - free_from)::float8 + horizon) / interval + 1e-6)::bigint + 1)) END), 0), max(opened_at)
          FROM schedule)\
        """;

    // A customer whose two rows were read at different moments (a merge between them) is left for the next claim.
    // A lease that ended without a settle: its attempt is spent, and told in the history as UNKNOWN.
    private static final String TAKE = """
        picked AS MATERIALIZED (
          SELECT d.* FROM (SELECT priority FROM level WHERE priority IS NOT NULL) l
          CROSS JOIN LATERAL (
            SELECT d.customer_id, d.wanted_revision, d.lease_token, d.leased_at, d.sent_revision, d.attempts, d.refused_at
            FROM alohub.due d
            WHERE d.account = ? AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
              AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
            ORDER BY d.due_at
            LIMIT (SELECT allowed FROM permits) FOR NO KEY UPDATE SKIP LOCKED) d
          LIMIT (SELECT allowed FROM permits)),\
        """;

    private static final String TAKE_OLDEST = TAKE.replace("d.refused_at\n", "d.refused_at, d.due_at\n")
            .replace("SKIP LOCKED) d\n", "SKIP LOCKED) d\n  ORDER BY d.due_at\n");

    // Of each priority the oldest that are due, the newest, and some from anywhere between, so that no block of
    // customers is
    // all there is to choose from. Two times out of three one that never failed, drawn by lot; else the one that was
    // probed, or refused with the account, least recently. Customers that somebody holds locked are passed over: whose
    // customer is locked could not be settled.
    private static final String TAKE_FOR_PROBE = """
            permits (allowed, opened_at) AS (SELECT 1, NULL::timestamptz),
            sample AS MATERIALIZED (
              SELECT s.customer_id, greatest(s.probed_at, s.refused_at) AS tried_at,
                     s.attempts = 0 AND s.probed_at IS NULL AND s.refused_at IS NULL AS untried
              FROM (SELECT priority FROM level WHERE priority IS NOT NULL LIMIT 30) l
              CROSS JOIN LATERAL (
                SELECT o.due_at + random() * (n.due_at - o.due_at) AS due_at
                FROM (SELECT d.due_at FROM alohub.due d WHERE d.account = ? AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
                      ORDER BY d.due_at LIMIT 1) o,
                     (SELECT d.due_at FROM alohub.due d WHERE d.account = ? AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
                      ORDER BY d.due_at DESC LIMIT 1) n) middle
              CROSS JOIN LATERAL (
                (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at FROM alohub.due d
                 WHERE d.account = ? AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
                   AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
                 ORDER BY d.due_at LIMIT 100)
                UNION ALL
                (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at FROM alohub.due d
                 WHERE d.account = ? AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
                   AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
                 ORDER BY d.due_at DESC LIMIT 100)
                UNION ALL
                (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at FROM alohub.due d
                 WHERE d.account = ? AND d.priority = l.priority AND d.due_at >= middle.due_at AND d.due_at <= (SELECT clock_timestamp())
                   AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
                 ORDER BY d.due_at LIMIT 100)) s
              UNION ALL
              SELECT s.customer_id, greatest(s.probed_at, s.refused_at), s.attempts = 0 AND s.probed_at IS NULL AND s.refused_at IS NULL
              FROM (SELECT first + floor(random() * (last - first + 1))::bigint AS anywhere
                    FROM (SELECT min(customer_id) AS first, max(customer_id) AS last FROM alohub.due) ids) pivot
              CROSS JOIN LATERAL (
                (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at
                 FROM (SELECT * FROM alohub.due WHERE customer_id >= pivot.anywhere ORDER BY customer_id LIMIT 1000) d
                 WHERE d.account = ? AND d.due_at <= (SELECT clock_timestamp()) AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
                 ORDER BY random() LIMIT 100)
                UNION ALL
                (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at
                 FROM (SELECT * FROM alohub.due ORDER BY customer_id DESC LIMIT 1000) d
                 WHERE d.account = ? AND d.due_at <= (SELECT clock_timestamp()) AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
                 ORDER BY random() LIMIT 100)) s),
            candidate AS MATERIALIZED (
              SELECT s.customer_id
              FROM sample s JOIN alohub.customer c ON c.id = s.customer_id
              CROSS JOIN (SELECT probes % 3 = 2 AS tried_first FROM alohub.account WHERE name = ?) a
              ORDER BY (s.untried AND coalesce(c.last_outcome, 'ACCEPTED') = 'ACCEPTED') = a.tried_first, s.tried_at NULLS FIRST, random()
              LIMIT 1000),
            locked AS MATERIALIZED (
              SELECT free.* FROM candidate
              CROSS JOIN LATERAL (
                SELECT d.customer_id, d.wanted_revision, d.lease_token, d.leased_at, d.sent_revision, d.attempts, d.refused_at
                FROM alohub.due d JOIN alohub.customer c ON c.id = d.customer_id AND c.wanted_revision = d.wanted_revision
                WHERE d.customer_id = candidate.customer_id
                  AND d.due_at <= clock_timestamp() AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
                FOR NO KEY UPDATE OF d, c SKIP LOCKED) free
              LIMIT 1),
            turn AS (
              UPDATE alohub.account
              SET probe_at = clock_timestamp() + CASE WHEN gate = 'THROTTLED' THEN interval '1 hour' ELSE make_interval(secs => ?) END, probes = probes + 1
              WHERE name = ? AND probe_at <= clock_timestamp() AND EXISTS (SELECT FROM locked)
                AND (gate IN ('REFUSED', 'MISCONFIGURED', 'UNREACHABLE') OR (gate IN ('OPEN', 'PROBING') AND ? = ANY (refused_keys))
                     OR (gate = 'THROTTLED' AND gate_until > gate_since + interval '1 hour'))
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
                    p.lease_token IS NOT NULL AS lost, p.sent_revision AS lost_revision, p.leased_at AS lost_at, p.attempts AS spent,
                    coalesce(p.refused_at < (SELECT opened_at FROM permits), false) AS suspect, d.priority, d.due_at,
                    CASE WHEN d.throttled_revision = d.wanted_revision THEN d.throttled END AS throttled),
        told AS (
          INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome, error, started_at)
          SELECT customer_id, account, phone, lost_revision, spent + 1, 'UNKNOWN',
                 'The worker that had this customer vanished before it told what came of the call.', lost_at
          FROM claimed WHERE lost)\
        """;

    // A call at the learned limit raises it a little: by a fifth of its rate in a second until Alohub has refused a
    // second time, or has let pass more than it refused last; else so that the last limit is reached again in half a
    // minute. One that answers without a time counts in moments: it is sought faster, and reached again in seconds. A
    // rate above the ramp's end limits nothing any more.
    private static final String SPEND = """
        ,
        spent AS (
          UPDATE alohub.account a
          SET rate_spent_until = s.free_from + make_interval(secs => n.taken * s.interval),
              learned_rate = CASE
                WHEN s.set_interval IS NOT NULL OR n.taken < p.allowed OR p.allowed >= s.room OR s.interval * a.learned_rate > 1 + 1e-6 THEN a.learned_rate
                WHEN a.learned_rate > 10000 THEN NULL
                WHEN a.learned_limit IS NULL OR a.learned_rate > 1.05 * a.learned_limit THEN
                  a.learned_rate + CASE WHEN a.learned_brief THEN least(0.86, greatest(0.5, 0.08 * a.learned_rate)) ELSE 0.2 END * n.taken
                ELSE a.learned_rate + n.taken * (a.learned_limit / 600
                       + CASE WHEN a.learned_brief THEN greatest(0, a.learned_limit - a.learned_rate) / 5 ELSE 0 END) / a.learned_rate END
          FROM schedule s, permits p, (SELECT count(*) AS taken FROM picked) n
          WHERE a.name = ? AND n.taken > 0 AND s.interval IS NOT NULL)\
        """;

    private static final String ANSWER = """

        SELECT customer_id, lease_token, phone, name, email, wanted_revision, attempts, lost, suspect, throttled FROM claimed\
        """;

    // At least one row, without a customer where none was taken: the schedule is told in any case.
    private static final String ANSWER_BY_SCHEDULE = """

            SELECT c.customer_id, c.lease_token, c.phone, c.name, c.email, c.wanted_revision, c.attempts, c.lost, c.suspect,
                   extract(epoch FROM s.free_from - s.now)::float8, s.interval, p.allowed, c.priority, c.throttled
            FROM schedule s CROSS JOIN permits p LEFT JOIN claimed c ON true""";

    // At least one row, for the time.
    private static final String ANSWER_AND_TIME = """

        SELECT c.customer_id, c.lease_token, c.phone, c.name, c.email, c.wanted_revision, c.attempts, c.lost, c.suspect,
               c.priority, date_part('epoch', c.due_at), moment.now, p.allowed, c.throttled
        FROM (SELECT date_part('epoch', clock_timestamp()) AS now OFFSET 0) moment CROSS JOIN permits p LEFT JOIN claimed c ON true\
        """;

    private static final String SWEEP =
            "WITH RECURSIVE " + LEVELS + ",\n" + PERMITS + ",\n" + TAKE + LEASE + ANSWER_AND_TIME;
    private static final String CLAIM_OLDEST =
            "WITH RECURSIVE " + LEVELS_BELOW + ",\n" + PERMITS + ",\n" + TAKE_OLDEST + LEASE + ANSWER_AND_TIME;
    private static final String CLAIM_FROM_WATERMARK = "WITH " + KNOWN_LEVELS + ",\n" + PERMITS + ",\n"
            + TAKE.replace("SELECT priority FROM level", "SELECT priority, first FROM level")
                    .replace("d.due_at <=", "d.due_at >= l.first AND d.due_at <=")
            + LEASE + ANSWER_AND_TIME;
    private static final String CLAIM_BY_SCHEDULE = "WITH RECURSIVE " + LEVELS + ",\n" + PERMITS_BY_SCHEDULE + ",\n"
            + TAKE + LEASE + SPEND + ANSWER_BY_SCHEDULE;
    private static final String CLAIM_OLDEST_BY_SCHEDULE = "WITH RECURSIVE " + LEVELS_BELOW + ",\n"
            + PERMITS_BY_SCHEDULE + ",\n" + TAKE_OLDEST + LEASE + SPEND + ANSWER_BY_SCHEDULE;
    private static final String CLAIM_FOR_PROBE = "WITH RECURSIVE " + LEVELS + ",\n" + TAKE_FOR_PROBE + LEASE + ANSWER;

    private ClaimSql() {}

    /**
     * @param account its name
     * @param key     fingerprint of the key that the calls will use; while it is a refused one nothing is claimed
     * @param limit   customers at most
     * @param lease   how long they are ours
     */
    public record Request(String account, String key, int limit, Duration lease) {}

    /**
     * How slots are given out.
     *
     * @param interval seconds from one call to the next over all replicas; null: as Alohub has taught, or at once
     * @param burst    calls that may go at once after a quiet while
     * @param horizon  seconds that slots are given out ahead
     * @param ramp     seconds in which calls rise after a closing
     */
    public record Pace(@Nullable Double interval, int burst, double horizon, double ramp) {}

    /**
     * @param customers in the order of their slots
     * @param firstSlot seconds from now to the first one's; may have passed
     * @param interval  seconds from one slot to the next; 0: all at once
     * @param exhausted the schedule, not the lack of due customers, ended the claim
     */
    public record Slots(List<Claimed> customers, double firstSlot, double interval, boolean exhausted) {

        /** Seconds until the next free slot. */
        public double nextSlot() {
            return firstSlot + customers.size() * interval;
        }

        /** Seconds until the slot of one of them, the first being 0; 0: at once. */
        public double slot(int number) {
            return Math.max(0, firstSlot + number * interval);
        }
    }

    /** A merge that has been at work for longer when it commits is found by the next sweep. */
    private static final long LONGEST_COMMON_TRANSACTION_MICROS = 2_000_000;

    /**
     * Due customers, most urgent first, from the watermark on, which rises; from the beginning when that is due. None while the
     * account's gate is not open, or while calls are counted.
     */
    public static List<Claimed> claim(Connection connection, Request request, Watermark watermark) throws SQLException {
        if (watermark.turns().isForOldest()) {
            List<Claimed> oldest = claimOldest(connection, request, watermark);
            if (!oldest.isEmpty()) {
                return oldest;
            }
        }
        boolean sweep = watermark.isSweepDue();
        long begun = watermark.now();
        try (PreparedStatement statement = connection.prepareStatement(sweep ? SWEEP : CLAIM_FROM_WATERMARK)) {
            int i = 0;
            if (sweep) {
                statement.setString(++i, request.account());
                statement.setString(++i, request.account());
            } else {
                Map<Short, Long> firsts = watermark.firsts();
                statement.setString(++i, request.account());
                statement.setShort(++i, watermark.top());
                new Arrays(statement, i + 1)
                        .shorts(firsts.keySet(), priority -> priority)
                        .longs(firsts.values(), first -> first);
                i += 2;
            }
            statement.setString(++i, request.key());
            statement.setLong(++i, request.limit());
            statement.setString(++i, request.account());
            statement.setString(++i, request.account());
            statement.setDouble(++i, seconds(request.lease()));
            statement.setBoolean(++i, false);
            List<Claimed> customers = new ArrayList<>();
            Map<Short, Long> ends = new HashMap<>();
            long allowed = 0;
            long settled = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    allowed = row.getLong(13);
                    settled = micros(row.getDouble(12)) - LONGEST_COMMON_TRANSACTION_MICROS;
                    if (row.getLong(1) != 0) {
                        customers.add(customer(row, false));
                        ends.merge(row.getShort(10), Math.min(settled, micros(row.getDouble(11))), Math::max);
                    }
                }
            }
            if (allowed > 0) { // else nobody has looked
                if (customers.size() < allowed) {
                    ends.putIfAbsent((short) 0, settled); // most are: known from the first look on
                }
                watermark.looked(sweep, customers.size(), customers.size() >= allowed, begun, ends);
                if (customers.size() >= allowed) {
                    watermark.turns().full(Collections.min(ends.keySet()));
                }
                if (customers.size() < allowed) {
                    watermark.raiseAll(settled);
                }
            }
            return customers;
        }
    }

    private static List<Claimed> claimOldest(Connection connection, Request request, Watermark watermark)
            throws SQLException {
        long begun = watermark.now();
        try (PreparedStatement statement = connection.prepareStatement(CLAIM_OLDEST)) {
            int i = 0;
            statement.setString(++i, request.account());
            statement.setShort(++i, watermark.turns().below());
            statement.setString(++i, request.account());
            statement.setString(++i, request.key());
            statement.setLong(++i, request.limit());
            statement.setString(++i, request.account());
            statement.setString(++i, request.account());
            statement.setDouble(++i, seconds(request.lease()));
            statement.setBoolean(++i, false);
            List<Claimed> customers = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getLong(1) != 0) {
                        customers.add(customer(row, false));
                    }
                }
            }
            watermark.turns().oldestTaken(begun);
            return customers;
        }
    }

    private static long micros(double seconds) {
        return (long) (seconds * 1e6);
    }

    /** The same, counted: each of them has a slot on the schedule that all replicas share. */
    public static Slots claim(Connection connection, Request request, Pace pace, Turns turns) throws SQLException {
        if (turns.isForOldest()) {
            long begun = turns.now();
            Slots oldest = claim(connection, request, pace, turns, CLAIM_OLDEST_BY_SCHEDULE);
            turns.oldestTaken(begun);
            if (!oldest.customers().isEmpty()) {
                return oldest;
            }
        }
        return claim(connection, request, pace, turns, CLAIM_BY_SCHEDULE);
    }

    private static Slots claim(Connection connection, Request request, Pace pace, Turns turns, String sql)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int i = 0;
            statement.setString(++i, request.account());
            if (sql.equals(CLAIM_OLDEST_BY_SCHEDULE)) {
                statement.setShort(++i, turns.below());
            }
            statement.setString(++i, request.account());
            statement.setString(++i, request.key());
            statement.setLong(++i, request.limit());
            statement.setObject(++i, pace.interval(), Types.DOUBLE);
            statement.setDouble(++i, pace.burst());
            statement.setDouble(++i, pace.horizon());
            statement.setDouble(++i, pace.ramp());
            statement.setString(++i, request.account());
            statement.setString(++i, request.account());
            statement.setDouble(++i, seconds(request.lease()));
            statement.setBoolean(++i, false);
            statement.setString(++i, request.account());
            return slots(statement, turns);
        }
    }

    private static Slots slots(PreparedStatement statement, Turns turns) throws SQLException {
        List<Claimed> customers = new ArrayList<>();
        double first = 0;
        double interval = 0;
        long allowed = 0;
        short lowest = Short.MAX_VALUE;
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                first = row.getDouble(10);
                interval = row.getDouble(11);
                allowed = row.getLong(12);
                if (row.getLong(1) != 0) {
                    customers.add(customer(row, false));
                    lowest = (short) Math.min(lowest, row.getShort(13));
                }
            }
        }
        if (!customers.isEmpty() && customers.size() >= allowed) {
            turns.full(lowest);
        }
        return new Slots(customers, interval == 0 ? 0 : first, interval, interval > 0 && customers.size() == allowed);
    }

    /** The one customer that may try a closed gate now, over all replicas; none before the account's next probe is due. */
    public static List<Claimed> claimForProbe(Connection connection, Request request) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM_FOR_PROBE)) {
            int i = 0;
            for (int account = 0; account < 10; account++) {
                statement.setString(++i, request.account());
            }
            statement.setDouble(++i, seconds(request.lease()));
            statement.setString(++i, request.account());
            statement.setString(++i, request.key());
            statement.setDouble(++i, seconds(request.lease()));
            statement.setBoolean(++i, true);
            return claimed(statement);
        }
    }

    private static List<Claimed> claimed(PreparedStatement statement) throws SQLException {
        List<Claimed> customers = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                customers.add(customer(row, true));
            }
        }
        return customers;
    }

    private static Claimed customer(ResultSet row, boolean probe) throws SQLException {
        return new Claimed(
                row.getLong(1),
                row.getLong(2),
                new Phone(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getInt(7),
                row.getBoolean(8),
                probe,
                row.getBoolean(9),
                row.getInt("throttled"),
                null);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
