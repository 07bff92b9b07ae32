package io.alohubsync.cli.resync;

import io.alohubsync.jdbc.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Queues the customers, some at a time, each time in a transaction of its own: they are locked
 * together for milliseconds. The thread of the command runs it; the shutdown hook, which prints how
 * to go on, reads how far it is.
 */
final class Resync {

    private static final Sql RESYNC = Sql.named("cli/resync");
    private static final int AT_ONCE = 1000;
    private static final int TRIES = 3;
    private static final long BETWEEN_TRIES_MILLIS = 200;

    private final Chosen chosen;
    private final String why;
    private volatile long after;
    private volatile long queued;
    private List<Long> locked = new ArrayList<>();

    Resync(Chosen chosen, String why) {
        this.chosen = chosen;
        this.why = why;
        this.after = chosen.after();
    }

    /** @param last null: there were no more */
    private record Step(@Nullable Long last, int queued, List<Long> locked) {}

    /** @param progress after each step */
    void run(Connection connection, Runnable progress) throws SQLException, InterruptedException {
        for (Step step = step(connection, after, AT_ONCE);
                step.last() != null;
                step = step(connection, after, AT_ONCE)) {
            after = step.last();
            queued += step.queued();
            locked.addAll(step.locked());
            progress.run();
        }
        for (int tried = 1; tried < TRIES && !locked.isEmpty(); tried++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
            tryAgain(connection);
        }
    }

    /** Those that another transaction had locked, one by one. */
    private void tryAgain(Connection connection) throws SQLException {
        List<Long> still = new ArrayList<>();
        for (long customer : locked) {
            Step step = step(connection, customer - 1, 1);
            queued += step.queued();
            still.addAll(step.locked());
        }
        locked = still;
    }

    private Step step(Connection connection, long behind, int most) throws SQLException {
        return RESYNC.on(connection)
                .set("account", chosen.account())
                .set("since", chosen.from())
                .set("after", behind)
                .set("most", most)
                .set("why", why)
                .query(Resync::step);
    }

    private static Step step(ResultSet row) throws SQLException {
        row.next();
        Array locked = row.getArray("locked");
        return new Step(
                row.getObject("last_id", Long.class),
                row.getInt("queued"),
                locked == null ? List.of() : List.of((Long[]) locked.getArray()));
    }

    long queued() {
        return queued;
    }

    /** The resync has come so far: it can go on behind this id. */
    long after() {
        return after;
    }

    /** Customers that stayed locked, and are left as they were. */
    int locked() {
        return locked.size();
    }
}
