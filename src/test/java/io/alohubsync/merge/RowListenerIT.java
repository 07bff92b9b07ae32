package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When sources notify: while rows are rare, also while one is merged. */
class RowListenerIT {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestDatabase database = TestDatabase.migrated();
    private final RowListener listener = new RowListener(database.dataSource(), LONG);

    @AfterEach
    void close() {
        listener.close();
    }

    private String sourcesNotify() {
        return database.one("SELECT NOT pg_try_advisory_xact_lock_shared(4705186213417410)");
    }

    private void awaitNotification() {
        long begun = System.nanoTime();
        listener.awaitNotification(LONG, () -> false);
        assertTrue(System.nanoTime() - begun < LONG.toNanos(), "it waited for the poll");
    }

    @Test
    void sources_notify_from_the_first_wait_on() {
        assertEquals("f", sourcesNotify());
        awaitNotification(); // only begins it
        assertEquals("t", sourcesNotify());
    }

    @Test
    void a_row_that_comes_alone_is_notified_and_so_is_the_next() {
        awaitNotification();
        for (int i = 0; i < 3; i++) {
            database.insert("091234567" + i, "A", null);
            awaitNotification();
            listener.found(1);
            assertEquals("t", sourcesNotify());
        }
    }

    @Test
    void sources_need_not_notify_while_rows_are_many() {
        awaitNotification();
        listener.found(21);
        assertEquals("f", sourcesNotify());
        awaitNotification(); // no row was found: rows are rare again
        assertEquals("t", sourcesNotify());
    }
}
