package io.alohubsync.account;

import io.alohubsync.customer.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An account's gate, in the account's row: where replicas agree. Each change is one short statement of its own, never part
 * of a merge or a settle. The database's clock counts.
 */
public final class Gate {

    // A refused key says nothing about another one: it opens for the new key, and refused_keys keeps replicas out that
    // still have an old one (they go on probing). What a person paused, only a person resumes.
    private static final String REFRESH = """
            UPDATE alohub.account SET gate = 'OPEN', gate_since = clock_timestamp(), gate_until = NULL, gate_reason = NULL, probes = 0
            WHERE name = ? AND ((gate = 'THROTTLED' AND gate_until <= clock_timestamp())
                             OR (gate = 'REFUSED' AND NOT ? = ANY (refused_keys)))""";

    private static final String READ = """
            SELECT gate, gate_since, gate_until, gate_reason, probe_at <= clock_timestamp(),
                   ? = ANY (refused_keys)
            FROM alohub.account WHERE name = ?""";

    // UNREACHABLE is tried again soon at first, since networks hiccup: 1 s, 2 s, 4 s … up to the probe interval.
    // Nothing
    // arrives at Alohub from these. What Alohub has refused is asked at the interval. A hiccup does not end a pause.
    private static final String CLOSE = """
            UPDATE alohub.account a
            SET gate_since = CASE WHEN a.gate = n.gate THEN a.gate_since ELSE clock_timestamp() END, gate = n.gate, gate_until = NULL,
                gate_reason = n.reason, refused_keys = CASE WHEN n.gate <> 'REFUSED' OR n.key = ANY (a.refused_keys) THEN a.refused_keys ELSE (n.key || a.refused_keys)[1:10] END,
                probe_at = greatest(a.gate_until, clock_timestamp() + make_interval(secs =>
                  CASE WHEN n.gate = 'UNREACHABLE' THEN least(n.pause, power(2, least(a.probes, 30))) ELSE n.pause END))
            FROM (SELECT ? AS gate, ? AS reason, ? AS key, ?::float8 AS pause) n
            WHERE a.name = ? AND a.gate <> 'PAUSED' AND NOT (a.gate = 'THROTTLED' AND n.gate = 'UNREACHABLE')""";

    // Many calls learn of one throttling: the first counts, the others can only ask for longer.
    private static final String THROTTLE = """
            UPDATE alohub.account
            SET gate_since = CASE WHEN gate = 'THROTTLED' THEN gate_since ELSE clock_timestamp() END,
                gate_until = CASE WHEN gate = 'THROTTLED' AND ?::float8 IS NULL THEN gate_until
                             ELSE greatest(gate_until, clock_timestamp() + make_interval(secs =>
                               coalesce(?::float8, least(3600, power(2, least(throttles, 12)))))) END,
                gate_reason = 'Alohub asked for a pause (' || ? || '); calls go on by themselves when it is over.',
                throttles = CASE WHEN gate = 'THROTTLED' THEN throttles ELSE throttles + 1 END, gate = 'THROTTLED'
            WHERE name = ? AND gate IN ('OPEN', 'THROTTLED')""";

    private static final String OPEN = """
            UPDATE alohub.account
            SET gate_since = CASE WHEN gate = 'OPEN' THEN gate_since ELSE clock_timestamp() END, gate = 'OPEN', gate_until = NULL,
                gate_reason = NULL, probe_at = NULL, refused_keys = '{}', throttles = 0, probes = 0
            WHERE name = ? AND gate NOT IN ('PAUSED', 'THROTTLED')""";

    // The answer to a throttled account's first call after its pause: the doubling starts anew.
    private static final String CALM =
            "UPDATE alohub.account SET throttles = 0 WHERE name = ? AND throttles > 0 AND gate = 'OPEN'";

    private static final String POSTPONE = """
            UPDATE alohub.account
            SET probe_at = clock_timestamp() + make_interval(secs =>
                  CASE WHEN gate = 'UNREACHABLE' THEN least(?::float8, power(2, least(probes, 30))) ELSE ?::float8 END)
            WHERE name = ? AND probe_at IS NOT NULL""";

    private static final String REGISTER = "INSERT INTO alohub.account (name) VALUES (?) ON CONFLICT (name) DO NOTHING";

    private final DataSource database;
    private final String account;

    public Gate(DataSource database, String account) {
        this.database = database;
        this.account = account;
    }

    /**
     * @param until   THROTTLED: the end of the pause; else null
     * @param reason  in plain words; null when open
     * @param probeDue a closed gate may be tried now
     * @param keyRefused the asking replica's key is the refused one
     */
    public record View(
            GateState state,
            OffsetDateTime since,
            @Nullable OffsetDateTime until,
            @Nullable String reason,
            boolean probeDue,
            boolean keyRefused) {

        public boolean isOpen() {
            return state == GateState.OPEN && !keyRefused;
        }
    }

    public void register() throws SQLException {
        update(REGISTER, account);
    }

    /** Opens what a pause's end or another key has opened, and tells the state. */
    public View refresh(String key) throws SQLException {
        update(REFRESH, account, key);
        return read(key);
    }

    /** @param key fingerprint of the asking replica's key */
    public View read(String key) throws SQLException {
        return Transaction.run(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setString(1, key);
                statement.setString(2, account);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("account " + account + " is not registered");
                    }
                    return view(row);
                }
            }
        });
    }

    private static View view(ResultSet row) throws SQLException {
        return new View(
                GateState.valueOf(row.getString(1)),
                row.getObject(2, OffsetDateTime.class),
                row.getObject(3, OffsetDateTime.class),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6));
    }

    /**
     * @param state one that is probed
     * @param key   fingerprint of the key that the call used
     */
    public void close(GateState state, String reason, String key, Duration probeInterval) throws SQLException {
        update(CLOSE, state.name(), reason, key, probeInterval.toNanos() / 1e9, account);
    }

    /** @param pause what Alohub asked for; null: it gave no usable time, so 1 s, doubling with every throttling in a row */
    public void throttle(@Nullable Duration pause, String what) throws SQLException {
        Double seconds = pause == null ? null : pause.toNanos() / 1e9;
        update(THROTTLE, seconds, seconds, what, account);
    }

    /** After an answer about a customer. */
    public void open() throws SQLException {
        update(OPEN, account);
    }

    /** A probe taught nothing: the next one after the interval. */
    public void postponeProbe(Duration probeInterval) throws SQLException {
        Double seconds = probeInterval.toNanos() / 1e9;
        update(POSTPONE, seconds, seconds, account);
    }

    /** Ends a row of throttlings: an acceptance came through. */
    public void calm() throws SQLException {
        update(CALM, account);
    }

    private void update(String sql, @Nullable Object... values) throws SQLException {
        Transaction.run(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                return statement.executeUpdate();
            }
        });
    }
}
