package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.alohubsync.TestDatabase;
import io.alohubsync.TestEntities;
import io.alohubsync.operate.Unavailable.Why;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What console and API answer in each state of the database, and whose name the audit takes. */
class PeopleDatabaseIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final People PEOPLE = new People(DATABASE, PATIENCE);

    @AfterAll
    static void close() {
        PEOPLE.close();
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> all = new java.util.ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private static Why unavailable(PeopleDatabase database, String sql) {
        long begun = System.nanoTime();
        Unavailable failure =
                assertThrows(Unavailable.class, () -> database.read(connection -> column(connection, sql)));
        assertTrue(System.nanoTime() - begun < PATIENCE.multipliedBy(4).toNanos(), "in time");
        return failure.why();
    }

    @Test
    void a_read_can_not_write() {
        assertThrows(
                Unavailable.class,
                () -> PEOPLE.database.read(
                        connection -> column(connection, "DELETE FROM alohub.due RETURNING account")));
    }

    @Test
    void a_slow_statement_or_many_short_ones_end_in_time() {
        assertEquals(Why.SLOW, unavailable(PEOPLE.database, "SELECT pg_sleep(10)::text"));
        assertThrows(
                Unavailable.class,
                () -> PEOPLE.database.read(connection -> {
                    for (int i = 0; i < 100; i++) {
                        column(connection, "SELECT pg_sleep(0.1)::text");
                    }
                    return true;
                }));
    }

    @Test
    void the_pieces_of_one_request_share_its_time() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (People people = new People(DATABASE, Duration.ofSeconds(3))) {
            VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                    .executeBlocking(() -> {
                        RequestWait.begin();
                        people.database.read(connection -> column(connection, "SELECT pg_sleep(1.5)::text"));
                        for (String sql : List.of("SELECT pg_sleep(2)::text", "SELECT 'at once'")) {
                            Unavailable slow = assertThrows(
                                    Unavailable.class,
                                    () -> people.database.read(connection -> column(connection, sql)));
                            assertEquals(Why.SLOW, slow.why());
                        }
                        RequestWait.ofEachPart();
                        return people.database.read(connection -> column(connection, "SELECT pg_sleep(2)::text"));
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } finally {
            vertx.close();
        }
    }

    /** As with a synchronous standby that is slow: it is not left unknown whether it was done. */
    @Test
    void a_commit_that_was_begun_may_last_longer_than_an_answer() {
        DATABASE.execute("CREATE TABLE slow_commit (n int);"
                + " CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('statement_timeout', '0', true);"
                + " PERFORM pg_sleep(1.2); RETURN NULL; END $$;"
                + " CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON slow_commit DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION slowly(); GRANT ALL ON slow_commit TO PUBLIC");
        PEOPLE.database.act(People.THUY, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("SET LOCAL statement_timeout = 0; INSERT INTO slow_commit VALUES (1)");
            }
        });
        assertEquals("1", DATABASE.one("SELECT count(*) FROM slow_commit"));
    }

    @Test
    void a_lock_is_not_waited_for() throws SQLException {
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE alohub.replaced_value");
            try (People patient = new People(DATABASE)) {
                String sql = "SELECT field FROM alohub.replaced_value";
                assertEquals(Why.SLOW, unavailable(patient.database, sql), "a read works on no customer");
                Unavailable act = assertThrows(
                        Unavailable.class,
                        () -> patient.database.act(People.THUY, connection -> column(connection, sql)));
                assertEquals(Why.LOCKED, act.why());
            }
        }
    }

    @Test
    void more_readers_than_connections_wait_and_then_are_declined() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(PeoplePool.MOST);
        List<Thread> readers = java.util.stream.IntStream.range(0, PeoplePool.MOST)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    try {
                        PEOPLE.database.read(connection -> {
                            busy.countDown();
                            return column(connection, "SELECT pg_sleep(0.7)::text");
                        });
                    } catch (Unavailable slow) {
                        busy.countDown();
                    }
                }))
                .toList();
        busy.await();
        assertEquals(Why.SLOW, unavailable(PEOPLE.database, "SELECT 'x'"));
        for (Thread reader : readers) {
            reader.join();
        }
        assertEquals(List.of("x"), PEOPLE.database.read(connection -> column(connection, "SELECT 'x'")));
    }

    /** A turn is waited for, and then a connection: both together no longer than an answer may last. */
    @Test
    void a_database_that_takes_connections_and_says_nothing_is_away_in_time() throws Exception {
        Duration patience = Duration.ofSeconds(2);
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                AgroalDataSource loops = poolOn(mute.getLocalPort());
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            PeopleDatabase database = new PeopleDatabase(loops, TestEntities.ALL, patience);
            List<Future<Duration>> waits = IntStream.range(0, 3 * PeoplePool.MOST)
                    .mapToObj(i -> readers.submit(() -> {
                        long begun = System.nanoTime();
                        assertThrows(
                                Unavailable.class, () -> database.read(connection -> column(connection, "SELECT 'x'")));
                        assertFalse(Thread.interrupted());
                        return Duration.ofNanos(System.nanoTime() - begun);
                    }))
                    .toList();
            for (Future<Duration> wait : waits) {
                assertTrue(wait.get().compareTo(patience.plusMillis(700)) < 0, wait.get() + " were waited");
            }
            database.close();
        }
    }

    private static AgroalDataSource poolOn(int port) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .connectionFactoryConfiguration(
                                factory -> factory.jdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/erp"))));
    }

    @Test
    void a_database_that_is_away_or_without_the_schema_is_named() {
        TestDatabase other = TestDatabase.empty();
        try (People people = new People(other, PATIENCE)) {
            assertEquals(
                    Why.NOT_MIGRATED,
                    assertThrows(Unavailable.class, () -> people.problems.groups(null, Sight.FULL))
                            .why());
            other.cutOff(true);
            assertThrows(Unavailable.class, () -> people.problems.groups(null, Sight.FULL));
            assertEquals(
                    Why.AWAY,
                    assertThrows(Unavailable.class, () -> people.problems.groups(null, Sight.FULL))
                            .why());
        }
    }

    @Test
    void a_right_that_is_missing_is_named_and_is_no_fault_of_the_program() {
        try (People people = new People(DATABASE, PATIENCE)) {
            assertEquals(
                    Why.RIGHT_MISSING,
                    assertThrows(
                                    Unavailable.class,
                                    () -> people.database.read(connection -> {
                                        column(connection, "SELECT set_config('role', 'alohub_writer', false)");
                                        return column(connection, "SELECT phone FROM alohub.customer");
                                    }))
                            .why());
        }
    }

    @Test
    void an_act_that_fails_leaves_nothing_behind() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PEOPLE.database.act(People.THUY, connection -> {
                    AuditLog.record(connection, AuditLog.Entry.of(Act.LOGIN, null, "x"));
                    throw new IllegalArgumentException();
                }));
        assertNull(DATABASE.one("SELECT 1 FROM alohub.audit WHERE reason = 'x'"));
        assertEquals(
                List.of("on"),
                PEOPLE.database.read(connection -> column(connection, "SHOW default_transaction_read_only")));
    }

    @Test
    void the_name_of_a_person_counts_from_the_daemon_alone() throws SQLException {
        DATABASE.execute("INSERT INTO alohub.account (name) VALUES ('a') ON CONFLICT DO NOTHING");
        try (Connection worker = DATABASE.login("w", "alohub_worker");
                Connection operator = DATABASE.login("o", "alohub_operator")) {
            for (Connection connection : List.of(worker, operator)) {
                column(connection, "SELECT set_config('alohub.person', 'thuy', false)");
                column(connection, "SELECT alohub.pause('a', 'x')");
            }
            assertEquals(
                    "thuy", DATABASE.one("SELECT person FROM alohub.audit WHERE act = 'PAUSE' ORDER BY id LIMIT 1"));
            assertNull(DATABASE.one("SELECT person FROM alohub.audit WHERE act = 'PAUSE' ORDER BY id DESC LIMIT 1"));
            assertEquals(DATABASE.name() + "_o", DATABASE.one("SELECT state_by FROM alohub.account WHERE name = 'a'"));
            column(worker, "SELECT alohub.record_act('UNMASK', 'a', 7, '+84868793800')");
            assertEquals(
                    "thuy 7",
                    DATABASE.one("SELECT person || ' ' || customer_id FROM alohub.audit WHERE act = 'UNMASK'"));
            assertThrows(SQLException.class, () -> column(operator, "SELECT alohub.record_act('LOGIN')"));
            for (String change : List.of(
                    "UPDATE alohub.audit SET person = 'x' RETURNING act",
                    "DELETE FROM alohub.audit RETURNING act",
                    "INSERT INTO alohub.audit (act, account) VALUES ('LOGIN', 'a') RETURNING act",
                    "TRUNCATE alohub.audit")) {
                assertThrows(SQLException.class, () -> column(worker, change), change);
            }
        }
        assertThrows(
                IllegalStateException.class, () -> DATABASE.execute("DELETE FROM alohub.audit"), "the owner's neither");
    }
}
