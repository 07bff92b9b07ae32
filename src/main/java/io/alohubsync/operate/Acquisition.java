package io.alohubsync.operate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One wait for a connection, which ends when the request's time ends: the pool's own bound is the
 * same for every wait. The waiting thread and the thread of the deadlines use it; the lock guards
 * who of them is first, so that no interruption reaches the work that follows.
 */
final class Acquisition {

    private final Thread waiting = Thread.currentThread();
    private boolean isOver;
    private boolean isLate;

    /** @throws SQLException there is none in time */
    static Connection of(PeoplePool pool, long nanos, ScheduledExecutorService deadlines) throws SQLException {
        Acquisition acquisition = new Acquisition();
        Future<?> deadline = deadlines.schedule(acquisition::end, nanos, TimeUnit.NANOSECONDS);
        try {
            return pool.connection();
        } finally {
            deadline.cancel(false);
            acquisition.leave();
        }
    }

    private synchronized void end() {
        if (!isOver) {
            isLate = true;
            waiting.interrupt();
        }
    }

    private synchronized void leave() {
        isOver = true;
        if (isLate) {
            Thread.interrupted();
        }
    }
}
