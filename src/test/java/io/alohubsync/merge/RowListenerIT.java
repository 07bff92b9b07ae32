package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.SilentProxy;
import io.alohubsync.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When sources notify: while rows are rare, also while one is merged. */
class RowListenerIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final TestDatabase database = TestDatabase.migrated();
    private final RowListener listener = new RowListener(database.dataSource(), LONG, System::nanoTime);

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

    /** A host that is lost, a network that drops: no FIN, no RST. */
    @Test
    void a_connection_that_falls_silent_is_left_for_another_although_no_row_comes() throws Exception {
        try (SilentProxy proxy = SilentProxy.to(database);
                RowListener behind = new RowListener(
                        proxy.dataSource(), SHORT, System::nanoTime, Duration.ofMillis(200), Duration.ofSeconds(2))) {
            behind.awaitNotification(SHORT, () -> false);
            assertEquals("t", sourcesNotify());
            proxy.silence();
            Await.until("the old backend has ended", () -> sourcesNotify().equals("f"));
            Await.until("sources notify a connection that is alive", () -> {
                behind.awaitNotification(SHORT, () -> false);
                return sourcesNotify().equals("t");
            });
        }
    }

    @Test
    void a_notification_that_arrives_with_a_test_of_the_connection_is_not_lost() {
        try (RowListener busy =
                new RowListener(database.dataSource(), LONG, System::nanoTime, Duration.ZERO, Duration.ofSeconds(10))) {
            busy.awaitNotification(LONG, () -> false);
            for (int i = 0; i < 20; i++) {
                database.insert("09123456" + (10 + i), "A", null);
                long begun = System.nanoTime();
                busy.awaitNotification(LONG, () -> false);
                assertTrue(System.nanoTime() - begun < LONG.toNanos(), "it waited for the poll");
            }
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
