package io.alohubsync.breaker;

import io.alohubsync.account.Account;
import io.alohubsync.account.AccountState;
import io.alohubsync.account.Register;
import io.alohubsync.account.TripCause;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An account's breaker, in the account's row: where replicas agree. Each change is one short statement of its own, never part
 * of a merge or a settle. The database's clock counts.
 */
public final class BreakerStore {

    /** A longer one is tried once in such a time: a limit may be lifted before. */
    private static final Duration LONG_PAUSE = Duration.ofHours(1);

    private static final Sql READ = Sql.named("breaker/read");
    private static final Sql MOVE_ON = Sql.named("breaker/move-on");
    private static final Sql TRIP = Sql.named("breaker/trip");
    private static final Sql THROTTLE = Sql.named("breaker/throttle");
    private static final Sql DELAY_PROBE = Sql.named("breaker/delay-probe");
    private static final Sql LOCK_THROTTLED = Sql.named("breaker/lock-throttled");
    private static final Sql END_PAUSE = Sql.named("breaker/end-pause");
    private static final Sql RECOVER = Sql.named("breaker/recover");
    private static final Sql POSTPONE_PROBE = Sql.named("breaker/postpone-probe");
    private static final Sql RESET_THROTTLES = Sql.named("breaker/reset-throttles");
    private static final Sql REMEMBER_ACCEPTED_KEY = Sql.named("breaker/remember-accepted-key");

    private final DataSource database;
    private final Account account;
    private final double probeInterval;
    private final double ramp;

    /** @param ramp how long calls rise after a closing; zero: not at all */
    public BreakerStore(DataSource database, Account account, Duration probeInterval, Duration ramp) {
        this.database = database;
        this.account = account;
        this.probeInterval = probeInterval.toNanos() / 1e9;
        this.ramp = ramp.toNanos() / 1e9;
    }

    /**
     * @param until   THROTTLED: the end of the pause, RECOVERING: of the ramp; else null, or not known
     * @param by      PAUSED: who
     * @param reason  what happened, in plain words; null when open
     * @param needs   what it needs, in plain words; null: nothing
     * @param cause   what closed it; null when it is not closed by a fault
     * @param probeDue a closed breaker may be tried now
     * @param keyRefused the asking replica's key is a refused one
     * @param changesIn  seconds until a pause ends or the next probe is due; null: neither
     * @param learnedRate calls a second that 429s have taught; null: none
     * @param byAnswers answers about customers closed it, failures or refusals
     */
    public record View(
            AccountState state,
            OffsetDateTime since,
            @Nullable OffsetDateTime until,
            @Nullable String by,
            @Nullable String reason,
            @Nullable String needs,
            @Nullable TripCause cause,
            boolean probeDue,
            boolean keyRefused,
            @Nullable Double learnedRate,
            boolean pauseOver,
            boolean movesOn,
            @Nullable Double changesIn,
            boolean byAnswers) {

        public boolean isOpen() {
            return state.lets() && !keyRefused;
        }

        /** A fault, this replica's key or a long pause keeps it closed: a probe may find it mended. */
        public boolean isProbed() {
            return cause != null || (keyRefused && state.lets()) || isLongPause();
        }

        private boolean isLongPause() {
            return state == AccountState.THROTTLED
                    && until != null
                    && Duration.between(since, until).compareTo(LONG_PAUSE) > 0;
        }

        /** For people. */
        public String learnedRateText() {
            return learnedRate == null ? "" : String.format(Locale.ROOT, "%.1f", learnedRate);
        }

        /** Claims count permits. */
        public boolean isPaced() {
            return state == AccountState.RECOVERING || learnedRate != null;
        }
    }

    public void register() throws SQLException {
        Transaction.run(database, connection -> {
            Register.register(connection, account);
            return account;
        });
    }

    /** Opens what a pause's end, a ramp's end or another key allows, and reads the state. */
    public View look(String key) throws SQLException {
        View seen = read(key);
        if (seen.pauseOver()) {
            reopen(key);
        } else if (seen.movesOn()) {
            change(MOVE_ON, statement -> statement.set("ramp", ramp).set("key", key));
        } else {
            return seen;
        }
        return read(key);
    }

    private View read(String key) throws SQLException {
        return Transaction.run(
                database,
                connection -> READ.on(connection)
                        .set("account", account.name())
                        .set("key", key)
                        .set("ramp", ramp)
                        .query(row -> {
                            if (!row.next()) {
                                throw new SQLException("account " + account.name() + " is not registered");
                            }
                            return view(row);
                        }));
    }

    private static View view(ResultSet row) throws SQLException {
        AccountState state = AccountState.valueOf(row.getString(1));
        return new View(
                state,
                row.getObject(2, OffsetDateTime.class),
                row.getObject(3, OffsetDateTime.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                TripCause.of(row.getString(7), state),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getObject(10, Double.class),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getObject(13, Double.class),
                row.getBoolean(14));
    }

    /** @param key fingerprint of the key that the call used */
    public void close(BreakerEvent.Trip close) throws SQLException {
        change(
                TRIP,
                statement -> statement
                        .set("state", close.cause().state().name())
                        .set("cause", close.cause().name())
                        .set("reason", close.reason())
                        .set("needs", close.cause().needs())
                        .set("key", close.key())
                        .set("soon", close.soon())
                        .set("probe_interval", probeInterval)
                        .set("by_answers", close.byAnswers()));
    }

    /**
     * @param pause what Alohub asked for; null: it gave no usable time, so 1 s, doubling with every throttling in a row; less than
     *              a second: it asked for none
     */
    public void throttle(@Nullable Duration pause, String what) throws SQLException {
        Double seconds = pause == null ? null : pause.toNanos() / 1e9;
        change(THROTTLE, statement -> statement.set("seconds", seconds).set("what", what));
        change(DELAY_PROBE, statement -> statement.set("seconds", seconds));
    }

    /** The pause is over. The refusals that led to it teach a rate where none is set, and how fast calls may come back. */
    private void reopen(String key) throws SQLException {
        Transaction.run(
                database,
                connection -> LOCK_THROTTLED
                        .on(connection)
                        .set("account", account.name())
                        .query(row -> row.next() && reopen(connection, row, key)));
    }

    private boolean reopen(Connection connection, ResultSet row, String key) throws SQLException {
        LearnedRate known = new LearnedRate(
                row.getObject(2, Double.class),
                row.getObject(3, Double.class),
                row.getInt(4),
                row.getBoolean(7),
                row.getInt(9));
        double since = row.getObject(5) == null ? Double.POSITIVE_INFINITY : row.getDouble(5);
        double pause = row.getDouble(8);
        boolean unnamed = pause < AfterPause.LEAST_NAMED_SECONDS;
        RefusalSql.Refused refused = RefusalSql.around(
                connection,
                account.name(),
                row.getObject(1, OffsetDateTime.class),
                row.getObject(6, OffsetDateTime.class),
                unnamed);
        AfterPause next = AfterPause.of(known, account.rate() == null, refused, pause, since);
        boolean charged = next.taught() && refused != null && !unnamed;
        return END_PAUSE
                        .on(connection)
                        .set("account", account.name())
                        .set("key", key)
                        .set("needs", TripCause.KEY.needs())
                        .set("ramp", ramp * (1 - next.rampDone()))
                        .set("rate", next.rate().perSecond())
                        .set("rate_limit", next.rate().limit())
                        .set("doubts", next.rate().doubts())
                        .set("brief", next.rate().brief())
                        .set("passed", next.rate().passed())
                        .set("taught", next.taught())
                        .set("began", charged ? refused.began() : null)
                        .set("answered", charged ? Integer.valueOf(refused.answered()) : null)
                        .update()
                > 0;
    }

    /** After an answer about a customer. */
    public void open(BreakerEvent.Recover open) throws SQLException {
        change(
                RECOVER,
                statement -> statement.set("ramp", ramp).set("key", open.key()).set("accepted", open.accepted()));
    }

    /** A probe did not open the breaker. @param answered its customer was answered about: the next probe comes soon */
    public void postponeProbe(boolean answered) throws SQLException {
        change(
                POSTPONE_PROBE,
                statement -> statement.set("probe_interval", probeInterval).set("answered", answered));
    }

    /** Ends a row of throttlings: an acceptance came through. */
    public void calm() throws SQLException {
        change(RESET_THROTTLES, statement -> statement);
    }

    /** Another key's refusals say nothing from now on. @param key fingerprint of one that was accepted */
    public void accepted(String key) throws SQLException {
        change(REMEMBER_ACCEPTED_KEY, statement -> statement.set("key", key));
    }

    /** The values of a change, but for the account. */
    @FunctionalInterface
    private interface Values {
        Binding of(Binding statement) throws SQLException;
    }

    private void change(Sql sql, Values values) throws SQLException {
        Transaction.run(
                database,
                connection -> values.of(sql.on(connection).set("account", account.name()))
                        .update());
    }
}
