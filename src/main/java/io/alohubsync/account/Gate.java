package io.alohubsync.account;

import io.alohubsync.customer.RefusalSql;
import io.alohubsync.customer.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An account's gate, in the account's row: where replicas agree. Each change is one short statement of its own, never part
 * of a merge or a settle. The database's clock counts.
 */
public final class Gate {

    private static final String READ = """
            SELECT gate, gate_since, gate_until, gate_by, gate_reason, gate_needs,
                   CASE gate WHEN 'REFUSED' THEN 'KEY' WHEN 'MISCONFIGURED' THEN coalesce(gate_cause, 'ENDPOINT')
                             WHEN 'UNREACHABLE' THEN coalesce(gate_cause, 'CONNECTION') END, probe_at <= clock_timestamp(), ? = ANY (refused_keys),
                   learned_rate, gate = 'THROTTLED' AND gate_until <= clock_timestamp(),
                   (gate = 'PROBING' AND gate_since + make_interval(secs => ?) <= clock_timestamp()) OR (gate = 'REFUSED' AND NOT ? = ANY (refused_keys)),
                   extract(epoch FROM CASE gate WHEN 'THROTTLED' THEN gate_until ELSE probe_at END - clock_timestamp())::float8
            FROM alohub.account WHERE name = ?""";

    // A refused key says nothing about another one: it opens for the new key, and refused_keys keeps replicas out that
    // still have an old one (they go on probing). At once where that new one is accepted already: then it is the old
    // one
    // that lags behind. What a person paused, only a person resumes.
    private static final String MOVE_ON = """
            UPDATE alohub.account a
            SET gate = CASE WHEN opens THEN 'OPEN' ELSE 'PROBING' END, gate_since = clock_timestamp(), gate_cause = NULL, gate_by = NULL,
                gate_until = CASE WHEN opens THEN NULL ELSE clock_timestamp() + n.ramp END,
                gate_reason = CASE WHEN opens THEN NULL ELSE 'Another key is in use; calls go again, a few at first.' END, gate_needs = NULL, probes = 0
            FROM (SELECT make_interval(secs => ?) AS ramp, ? AS key) n CROSS JOIN LATERAL (
              SELECT b.gate = 'PROBING' OR coalesce(b.accepted_key = n.key, false) AS opens
              FROM alohub.account b WHERE b.name = ? FOR NO KEY UPDATE) l
            WHERE a.name = ? AND ((a.gate = 'PROBING' AND a.gate_since + n.ramp <= clock_timestamp()) OR (a.gate = 'REFUSED' AND NOT n.key = ANY (a.refused_keys)))""";

    // UNREACHABLE is tried again soon at first, since networks hiccup: 1 s, 2 s, 4 s … up to the probe interval. What
    // Alohub has refused is asked at the interval, unless others were accepted a moment ago. A hiccup does not end a
    // pause, and neither does a refused key: it keeps out those who hold it. One that is known to be refused closes
    // nothing
    // again for those who have another.
    private static final String CLOSE = """
            UPDATE alohub.account a
            SET gate = CASE WHEN shuts THEN n.gate ELSE a.gate END,
                gate_since = CASE WHEN shuts AND a.gate <> n.gate THEN clock_timestamp() ELSE a.gate_since END,
                gate_until = CASE WHEN shuts THEN NULL ELSE a.gate_until END, gate_by = CASE WHEN shuts THEN NULL ELSE a.gate_by END,
                gate_cause = CASE WHEN shuts THEN n.cause ELSE a.gate_cause END, gate_reason = CASE WHEN shuts THEN n.reason ELSE a.gate_reason END,
                gate_needs = CASE WHEN shuts THEN n.needs ELSE a.gate_needs END,
                refused_keys = CASE WHEN n.cause <> 'KEY' OR n.key = ANY (a.refused_keys) THEN a.refused_keys ELSE (n.key || a.refused_keys)[1:10] END,
                probe_at = greatest(CASE WHEN a.gate = 'THROTTLED' THEN a.gate_until END, clock_timestamp() + make_interval(secs =>
                  CASE WHEN n.gate = 'UNREACHABLE' THEN least(n.pause, power(2, least(a.probes, 30))) WHEN n.soon THEN least(n.pause, 1) ELSE n.pause END))
            FROM (SELECT ? AS gate, ? AS cause, ? AS reason, ? AS needs, ? AS key, ? AS soon, ?::float8 AS pause) n CROSS JOIN LATERAL (
              SELECT n.cause <> 'KEY' OR NOT (b.gate = 'THROTTLED' OR (b.gate IN ('OPEN', 'PROBING') AND n.key = ANY (b.refused_keys))) AS shuts
              FROM alohub.account b WHERE b.name = ? FOR NO KEY UPDATE) l
            WHERE a.name = ? AND a.gate <> 'PAUSED' AND NOT (a.gate = 'THROTTLED' AND n.gate = 'UNREACHABLE')""";

    // Many calls learn of one throttling: the first counts, the others can only ask for longer. A pause that did not
    // suffice doubles, whatever time was named: nobody was accepted since.
    private static final String THROTTLE = """
            UPDATE alohub.account
            SET gate_since = CASE WHEN gate = 'THROTTLED' THEN gate_since ELSE clock_timestamp() END,
                gate_until = CASE WHEN gate = 'THROTTLED' AND ?::float8 IS NULL THEN gate_until
                             ELSE greatest(CASE WHEN gate = 'THROTTLED' THEN gate_until END, clock_timestamp() + make_interval(secs =>
                               greatest(?::float8, CASE WHEN gate <> 'THROTTLED' THEN least(3600, power(2, least(throttles, 12))) END))) END,
                gate_by = NULL, gate_cause = NULL, gate_reason = 'Alohub asked for a pause: ' || ?,
                gate_needs = 'Nothing: calls go on by themselves when it is over.',
                throttles = CASE WHEN gate = 'THROTTLED' THEN throttles ELSE throttles + 1 END, gate = 'THROTTLED'
            WHERE name = ? AND gate IN ('OPEN', 'PROBING', 'THROTTLED')""";

    // Nor is a closed gate probed within a pause.
    private static final String THROTTLE_PROBES = """
            UPDATE alohub.account SET probe_at = greatest(probe_at, clock_timestamp() + make_interval(secs => coalesce(?::float8, 1)))
            WHERE name = ? AND gate IN ('REFUSED', 'MISCONFIGURED', 'UNREACHABLE')""";

    private static final String LOCK_THROTTLED = """
            SELECT gate_since, learned_rate, learned_limit, learned_doubts, extract(epoch FROM gate_since - learned_at), learned_at
            FROM alohub.account WHERE name = ? AND gate = 'THROTTLED' AND gate_until <= clock_timestamp() FOR NO KEY UPDATE""";

    // What was called before the first refusal is charged to the rate that is known now, or the account's window would
    // still
    // be full: its ten seconds, and a little for the way.
    private static final String REOPEN = """
            UPDATE alohub.account
            SET gate = CASE WHEN k.refused THEN 'REFUSED' ELSE 'PROBING' END, gate_since = clock_timestamp(),
                gate_until = CASE WHEN k.refused THEN NULL ELSE clock_timestamp() + make_interval(secs => k.ramp) END,
                gate_needs = CASE WHEN k.refused THEN k.needs END, gate_cause = CASE WHEN k.refused THEN 'KEY' END,
                gate_reason = CASE WHEN k.refused THEN 'Alohub refuses the key: it did so while it had asked for a pause.'
                                   ELSE 'The pause is over; calls go again, a few at first.' END,
                rate_spent_until = greatest(rate_spent_until,
                  CASE WHEN n.rate IS NOT NULL THEN n.began + make_interval(secs => greatest(n.answered / n.rate, 10.53)) END),
                learned_rate = n.rate, learned_limit = n.rate_limit, learned_doubts = n.doubts, learned_at = CASE WHEN n.taught THEN gate_since ELSE learned_at END
            FROM (SELECT ?::float8 AS rate, ?::float8 AS rate_limit, ?::integer AS doubts, ?::boolean AS taught, ?::timestamptz AS began, ?::integer AS answered) n
            CROSS JOIN LATERAL (SELECT ?::float8 AS ramp, ? AS needs, ? = ANY (refused_keys) AS refused FROM alohub.account WHERE name = ?) k
            WHERE name = ?""";

    private static final String OPEN = """
            UPDATE alohub.account a
            SET gate = CASE WHEN opens THEN 'PROBING' ELSE a.gate END, gate_since = CASE WHEN opens THEN clock_timestamp() ELSE a.gate_since END,
                gate_until = CASE WHEN opens THEN clock_timestamp() + n.ramp ELSE a.gate_until END, gate_by = CASE WHEN opens THEN NULL ELSE a.gate_by END,
                gate_reason = CASE WHEN opens THEN 'A probe got through; calls go again, a few at first.' ELSE a.gate_reason END,
                gate_needs = CASE WHEN opens THEN NULL ELSE a.gate_needs END, gate_cause = CASE WHEN opens THEN NULL ELSE a.gate_cause END,
                refused_keys = array_remove(a.refused_keys, n.key),
                probe_at = CASE WHEN array_remove(a.refused_keys, n.key) = '{}' THEN NULL ELSE a.probe_at END,
                throttles = 0, probes = 0, opened_at = CASE WHEN n.accepted THEN clock_timestamp() ELSE a.opened_at END
            FROM (SELECT make_interval(secs => ?) AS ramp, ? AS key, ? AS accepted) n CROSS JOIN LATERAL (
              SELECT gate NOT IN ('OPEN', 'PROBING') AS opens FROM alohub.account WHERE name = ? FOR NO KEY UPDATE) l
            WHERE a.name = ? AND a.gate NOT IN ('PAUSED', 'THROTTLED')""";

    // The answer to a throttled account's first call after its pause: the doubling starts anew.
    private static final String CALM =
            "UPDATE alohub.account SET throttles = 0 WHERE name = ? AND throttles > 0 AND gate IN ('OPEN', 'PROBING')";

    private static final String ACCEPTED_KEY =
            "UPDATE alohub.account SET accepted_key = ? WHERE name = ? AND accepted_key IS DISTINCT FROM ?";

    private static final String POSTPONE = """
            UPDATE alohub.account
            SET probe_at = clock_timestamp() + make_interval(secs =>
                  CASE WHEN gate = 'UNREACHABLE' THEN least(?::float8, power(2, least(probes, 30))) ELSE ?::float8 END)
            WHERE name = ? AND probe_at IS NOT NULL""";

    private final DataSource database;
    private final Account account;
    private final double probeInterval;
    private final double ramp;

    /** @param ramp how long calls rise after a closing; zero: not at all */
    public Gate(DataSource database, Account account, Duration probeInterval, Duration ramp) {
        this.database = database;
        this.account = account;
        this.probeInterval = probeInterval.toNanos() / 1e9;
        this.ramp = ramp.toNanos() / 1e9;
    }

    /**
     * @param until   THROTTLED: the end of the pause, PROBING: of the ramp; else null, or not known
     * @param by      PAUSED: who
     * @param reason  what happened, in plain words; null when open
     * @param needs   what it needs, in plain words; null: nothing
     * @param cause   what closed it; null when it is not closed by a fault
     * @param probeDue a closed gate may be tried now
     * @param keyRefused the asking replica's key is a refused one
     * @param changesIn  seconds until a pause ends or the next probe is due; null: neither
     * @param learnedRate calls a second that 429s have taught; null: none
     */
    public record View(
            GateState state,
            OffsetDateTime since,
            @Nullable OffsetDateTime until,
            @Nullable String by,
            @Nullable String reason,
            @Nullable String needs,
            @Nullable GateCause cause,
            boolean probeDue,
            boolean keyRefused,
            @Nullable Double learnedRate,
            boolean pauseOver,
            boolean movesOn,
            @Nullable Double changesIn) {

        public boolean isOpen() {
            return state.lets() && !keyRefused;
        }

        /** A fault, or this replica's key, keeps it closed: a probe may find it mended. */
        public boolean isProbed() {
            return cause != null || (keyRefused && state.lets());
        }

        /** For people. */
        public String learnedRateText() {
            return learnedRate == null ? "" : String.format(Locale.ROOT, "%.1f", learnedRate);
        }

        /** Claims count permits. */
        public boolean isPaced() {
            return state == GateState.PROBING || learnedRate != null;
        }
    }

    public void register() throws SQLException {
        Transaction.run(database, connection -> {
            Register.register(connection, account);
            return account;
        });
    }

    /** Opens what a pause's end, a ramp's end or another key has opened, and tells the state. */
    public View look(String key) throws SQLException {
        View seen = read(key);
        if (seen.pauseOver()) {
            reopen(key);
        } else if (seen.movesOn()) {
            update(MOVE_ON, ramp, key, account.name(), account.name());
        } else {
            return seen;
        }
        return read(key);
    }

    private View read(String key) throws SQLException {
        return Transaction.run(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                bind(statement, key, ramp, key, account.name());
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("account " + account.name() + " is not registered");
                    }
                    return view(row);
                }
            }
        });
    }

    private static View view(ResultSet row) throws SQLException {
        String cause = row.getString(7);
        return new View(
                GateState.valueOf(row.getString(1)),
                row.getObject(2, OffsetDateTime.class),
                row.getObject(3, OffsetDateTime.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                cause == null ? null : GateCause.valueOf(cause),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getObject(10, Double.class),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getObject(13, Double.class));
    }

    /** @param key fingerprint of the key that the call used */
    public void close(GateChange.Close close) throws SQLException {
        update(
                CLOSE,
                close.cause().state().name(),
                close.cause().name(),
                close.reason(),
                close.cause().needs(),
                close.key(),
                close.soon(),
                probeInterval,
                account.name(),
                account.name());
    }

    /** @param pause what Alohub asked for; null: it gave no usable time, so 1 s, doubling with every throttling in a row */
    public void throttle(@Nullable Duration pause, String what) throws SQLException {
        Double seconds = pause == null ? null : pause.toNanos() / 1e9;
        update(THROTTLE, seconds, seconds, what, account.name());
        update(THROTTLE_PROBES, seconds, account.name());
    }

    /** The pause is over. Where no rate is set, the refusals that led to it teach one. */
    private void reopen(String key) throws SQLException {
        Transaction.run(database, connection -> {
            try (PreparedStatement lock = connection.prepareStatement(LOCK_THROTTLED)) {
                lock.setString(1, account.name());
                try (ResultSet row = lock.executeQuery()) {
                    return row.next() && reopen(connection, row, key);
                }
            }
        });
    }

    private boolean reopen(Connection connection, ResultSet row, String key) throws SQLException {
        LearnedRate known =
                new LearnedRate(row.getObject(2, Double.class), row.getObject(3, Double.class), row.getInt(4));
        double since = row.getObject(5) == null ? Double.POSITIVE_INFINITY : row.getDouble(5);
        RefusalSql.Refused refused = account.rate() != null
                ? null
                : RefusalSql.around(
                        connection,
                        account.name(),
                        row.getObject(1, OffsetDateTime.class),
                        row.getObject(6, OffsetDateTime.class));
        LearnedRate next = refused == null
                ? known
                : known.after(new LearnedRate.Refusal(refused.answered(), refused.refused(), refused.passed(), since));
        try (PreparedStatement statement = connection.prepareStatement(REOPEN)) {
            bind(
                    statement,
                    next.perSecond(),
                    next.limit(),
                    next.doubts(),
                    refused != null,
                    refused == null ? null : refused.began(),
                    refused == null ? null : refused.answered(),
                    ramp,
                    GateCause.KEY.needs(),
                    key,
                    account.name(),
                    account.name());
            return statement.executeUpdate() > 0;
        }
    }

    /** After an answer about a customer. */
    public void open(GateChange.Open open) throws SQLException {
        update(OPEN, ramp, open.key(), open.accepted(), account.name(), account.name());
    }

    /** A probe taught nothing: the next one after the interval. */
    public void postponeProbe() throws SQLException {
        update(POSTPONE, probeInterval, probeInterval, account.name());
    }

    /** Ends a row of throttlings: an acceptance came through. */
    public void calm() throws SQLException {
        update(CALM, account.name());
    }

    /** Another key's refusals say nothing from now on. @param key fingerprint of one that was accepted */
    public void accepted(String key) throws SQLException {
        update(ACCEPTED_KEY, key, account.name(), key);
    }

    private void update(String sql, @Nullable Object... values) throws SQLException {
        Transaction.run(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                return statement.executeUpdate();
            }
        });
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
