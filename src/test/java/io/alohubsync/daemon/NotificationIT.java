package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source's commit wakes the daemon: where the poll interval is a minute, what comes sooner came
 * by the notification. Tests of a daemon at rest share one, one after the other.
 */
class NotificationIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private static Path folder;

    private static Path key;
    private static Rig patient;

    private final List<Rig> own = new ArrayList<>();
    private Rig rig = patient;

    @BeforeAll
    static void start() throws Exception {
        key = Files.writeString(folder.resolve("key"), "old-key");
        patient = new Rig();
        patient.alohub.takeKeys("old-key", "new-key");
        patient.start(patient.daemon()
                .with("ALOHUB_POLL_INTERVAL", "60s")
                .with("ALOHUB_API_KEY", "")
                .with("ALOHUB_API_KEY_FILE", key.toString()));
    }

    @AfterAll
    static void end() {
        patient.close();
    }

    /** For a test whose daemon is another. */
    private void useOwn() {
        rig = new Rig();
        own.add(rig);
    }

    @AfterEach
    void stop() {
        own.forEach(Rig::close);
    }

    private void awaitDelivered(long row) {
        Await.until("row " + row + " is delivered", SOON, () -> "DELIVERED".equals(rig.database.rowStatus(row)));
    }

    /** Its listener has scanned once more, and holds the lock that makes sources notify. */
    private void awaitListening() {
        Await.until(
                "the daemon waits for a notification",
                SOON,
                () -> rig.database
                        .one("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
                                + " AND granted AND database = (SELECT oid FROM pg_database WHERE datname ="
                                + " current_database())")
                        .equals("2"));
    }

    @Test
    void every_row_that_comes_into_an_idle_system_is_called_for_at_once() {
        for (int i = 0; i < 20; i++) {
            awaitListening();
            awaitDelivered(rig.database.insert("09123450" + (10 + i), "Khách " + i, null));
        }
    }

    @Test
    void a_key_that_was_replaced_while_all_was_idle_is_used_for_the_very_next_call() throws Exception {
        awaitListening();
        awaitDelivered(rig.database.insert("0912345601", "A", null));
        List<String> used = new ArrayList<>();
        for (String next : List.of("new-key", "old-key", "new-key")) {
            awaitListening();
            String phone = "091234560" + (2 + used.size());
            Files.writeString(key, next);
            awaitDelivered(rig.database.insert(phone, "B", null));
            used.add(rig.alohub.calls(phone).getFirst().headers().get("Authorization"));
            if (used.getLast().equals(next)) {
                return; // a last look before the wait may have the key of a moment before, and find this row
            }
        }
        fail("the keys of the calls: " + used);
    }

    @Test
    void a_row_that_was_inserted_before_the_daemon_was_idle_and_commits_after_is_called_for_at_once() throws Exception {
        awaitListening();
        try (Connection erp = rig.database.dataSource().getConnection();
                Statement statement = erp.createStatement()) {
            erp.setAutoCommit(false);
            long woken = rig.database.insert(
                    "0912345613", "Wakes it", null); // so that the next insert finds it awake, or not
            statement.execute("INSERT INTO alohub.customer_outbox (phone, name) VALUES ('0912345614', 'Open')");
            awaitDelivered(woken);
            erp.commit();
        }
        Await.until("it is delivered", SOON, () -> "DELIVERED".equals(rig.database.status("+84912345614")));
    }

    @Test
    void a_source_that_stays_open_costs_the_others_a_poll_and_no_more() throws Exception {
        awaitListening();
        long woken = rig.database.insert("0912345605", "Wakes it", null);
        try (Connection erp = rig.database.dataSource().getConnection();
                Statement statement = erp.createStatement()) {
            erp.setAutoCommit(false);
            statement.execute("INSERT INTO alohub.customer_outbox (phone, name) VALUES ('0912345606', 'Open')");
            awaitDelivered(woken);
            for (int i = 0; i < 5; i++) {
                awaitDelivered(rig.database.insert("09123451" + (10 + i), "Meanwhile " + i, null));
            }
            erp.commit();
        }
        Await.until("it is delivered", SOON, () -> "DELIVERED".equals(rig.database.status("+84912345606")));
    }

    @Test
    void when_the_elected_listener_is_killed_another_replica_is_elected() throws Exception {
        useOwn();
        Daemon elected = rig.start(rig.daemon());
        awaitListening();
        rig.start(rig.daemon());
        elected.kill();
        elected.awaitExit(20);
        awaitListening();
        awaitDelivered(rig.database.insert("0912345677", "Later", null));
    }

    @Test
    void without_listening_no_session_listens_and_rows_are_polled_for() throws Exception {
        useOwn();
        rig.start(rig.daemon().with("ALOHUB_DATABASE_LISTEN", "false"));
        awaitDelivered(rig.database.insert("0912345677", "Polled for", null));
        assertEquals(
                "0",
                rig.database.one("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname ="
                        + " current_database()"));
        assertTrue(rig.database
                .one("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .equals("0"));
    }
}
