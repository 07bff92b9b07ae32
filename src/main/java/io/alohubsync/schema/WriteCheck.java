package io.alohubsync.schema;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database takes writes. At most one query a second, however many callers there are,
 * and no caller waits longer than 2 s for the answer. A connection to a server that takes none is
 * thrown away. Any thread may ask; the lock guards {@code asked} and {@code askedAt}.
 */
public final class WriteCheck {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ANSWER_MILLIS = 2000;
    private static final int NETWORK_TIMEOUT_MILLIS = 5000;
    private static final Sql TAKES_WRITES = Sql.named("schema/takes-writes");

    private final DataSource database;
    private final Executor asker;
    private final LongSupplier nanoTime;
    private @Nullable CompletableFuture<Boolean> asked;
    private long askedAt;

    /** @param asker runs the query, which may take as long as the network's timeout */
    public WriteCheck(DataSource database, Executor asker, LongSupplier nanoTime) {
        this.database = database;
        this.asker = asker;
        this.nanoTime = nanoTime;
    }

    /** False: it takes none, can't be reached, or has not answered in time. */
    public boolean takesWrites() {
        try {
            return question().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException noAnswer) {
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> question() {
        CompletableFuture<Boolean> last = asked;
        if (last != null && (!last.isDone() || nanoTime.getAsLong() - askedAt < FRESH_NANOS)) {
            return last;
        }
        CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(this::ask, asker);
        asked = next;
        askedAt = nanoTime.getAsLong();
        return next;
    }

    private boolean ask() {
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            boolean takes = takesWrites(connection);
            if (!takes) {
                Transaction.throwAway(connection);
            }
            return takes;
        } catch (SQLException away) {
            return false;
        }
    }

    private static boolean takesWrites(Connection connection) throws SQLException {
        return TAKES_WRITES.on(connection).query(row -> row.next() && row.getBoolean(1));
    }
}
