package io.alohubsync.breaker;

import io.alohubsync.account.Account;
import io.alohubsync.breaker.BreakerState.Phase;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An account's breaker, in the account's row, which all replicas share. The store reads the row,
 * {@link Transitions} decides, and the store writes what follows if the row is still as it was
 * read; else it reads and decides anew. Each change is a short transaction of its own, never part
 * of a merge or a settlement. Immutable; any thread may use it.
 */
public final class BreakerStore {

    /**
     * With each lost race another writer has succeeded, so this many in succession do not occur.
     */
    private static final int MOST_RACES = 50;

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String NO_KEY = "";

    private final DataSource database;
    private final Account account;
    private final Transitions transitions;

    /** @param ramp how long calls rise after a recovery; zero: not at all */
    public BreakerStore(DataSource database, Account account, Duration probeInterval, Duration ramp) {
        this.database = database;
        this.account = account;
        this.transitions = new Transitions(probeInterval, ramp);
    }

    String account() {
        return account.name();
    }

    /**
     * Reads the state. Lets calls resume where the end of a pause or of a ramp, or another key,
     * allows it.
     */
    public BreakerView read(String key) throws SQLException {
        return change(key, this::event);
    }

    public void apply(BreakerEvent event) throws SQLException {
        change(NO_KEY, (connection, seen) -> event);
    }

    @FunctionalInterface
    private interface Events {
        BreakerEvent of(Connection connection, BreakerView seen) throws SQLException;
    }

    private BreakerView change(String key, Events events) throws SQLException {
        return Transaction.run(database, connection -> {
            for (int race = 0; race < MOST_RACES; race++) {
                BreakerView seen = read(connection, key);
                BreakerEvent event = events.of(connection, seen);
                Transitions.Change change = transitions.after(seen.breaker(), event, seen.readAt());
                if (change == null) {
                    return seen;
                }
                if (BreakerSql.write(connection, account.name(), seen.breaker(), change)) {
                    return new BreakerView(change.next(), seen.readAt(), key);
                }
            }
            throw new SQLException(
                    "The breaker of account " + account.name() + " changed each time before it could be written",
                    SERIALIZATION_FAILURE);
        });
    }

    /**
     * One replica ends a pause, for the history is read then. The others wait here, and find it
     * ended.
     */
    private BreakerView read(Connection connection, String key) throws SQLException {
        BreakerView seen = BreakerSql.read(connection, account.name(), key);
        if (!seen.isPauseOver()) {
            return seen;
        }
        BreakerSql.lock(connection, account.name());
        return BreakerSql.read(connection, account.name(), key);
    }

    private BreakerEvent event(Connection connection, BreakerView seen) throws SQLException {
        RefusalSql.Refused refusals = seen.isPauseOver() ? refusals(connection, seen.breaker()) : null;
        return new BreakerEvent.Read(seen.key(), refusals, account.rate() == null);
    }

    /**
     * What led to the pause: a rate is learned from it where none is set, and how fast calls may
     * return.
     */
    private RefusalSql.@Nullable Refused refusals(Connection connection, BreakerState paused) throws SQLException {
        Phase pause = paused.phase();
        double seconds = Moments.seconds(pause.since(), Objects.requireNonNull(pause.until()));
        return RefusalSql.around(
                connection,
                account.name(),
                pause.since(),
                paused.learned().at(),
                seconds < AfterPause.LEAST_NAMED_SECONDS);
    }
}
