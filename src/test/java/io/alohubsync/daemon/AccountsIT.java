package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Several accounts in one daemon, and in several that do not know the same ones. Tests that change
 * nothing about the daemon share one, in which each has accounts of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class AccountsIT {

    private static final Rig SHARED = new Rig();
    private static final Simulator BRANDB = brandb();
    private static final RigAccount VERSIONED = new RigAccount(SHARED, "versioned");
    private static final RigAccount HANGS = new RigAccount(SHARED, "hangs");
    private static final RigAccount BESIDE = new RigAccount(SHARED, "beside");
    private static final RigAccount MEASURED = new RigAccount(SHARED, "measured");
    private static final RigAccount SILENT = new RigAccount(SHARED, "silent");
    private static Daemon daemon;

    private static Simulator brandb() {
        return Simulator.start(0).takeKeys("key-of-brandb").readKeyFrom("X-Api-Key");
    }

    @BeforeAll
    static void start() throws Exception {
        Daemon.Builder builder = withBrandb(SHARED, BRANDB)
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "90s") // longer than a test waits for those that do not hang
                .with("ALOHUB_DELIVERY_LEASE", "120s")
                .with(VERSIONED.variable("ORDER"), "source-version");
        for (RigAccount each : List.of(VERSIONED, HANGS, BESIDE, MEASURED, SILENT)) {
            each.addTo(builder, "", 64);
        }
        daemon = SHARED.start(builder);
    }

    @AfterAll
    static void stop() {
        SHARED.close();
        BRANDB.close();
        List.of(VERSIONED, HANGS, BESIDE, MEASURED, SILENT).forEach(RigAccount::close);
    }

    private static Daemon.Builder withBrandb(Rig rig, Simulator brandb) {
        return rig.daemon()
                .with("ALOHUB_ACCOUNTS_BRANDB_BASE_URL", brandb.url())
                .with("ALOHUB_ACCOUNTS_BRANDB_API_KEY", "key-of-brandb")
                .with("ALOHUB_ACCOUNTS_BRANDB_API_KEY_HEADER", "X-Api-Key")
                .with("ALOHUB_ACCOUNTS_BRANDB_PHONE_FORMAT", "e164");
    }

    private static long insert(Rig rig, String account, String phone) {
        return Long.parseLong(rig.database.one("INSERT INTO alohub.customer_outbox (account, phone, name) VALUES ('"
                + account + "', '" + phone + "', 'Bằng') RETURNING id"));
    }

    private static String reason(Rig rig, long row) {
        return rig.database.one("SELECT reason FROM alohub.outbox_status WHERE id = " + row);
    }

    @Test
    void each_account_has_its_address_its_key_its_header_and_its_phone_form() {
        SHARED.awaitStatus(insert(SHARED, "brandb", "0868793800"), "DELIVERED");
        SHARED.awaitStatus(SHARED.database.insert("0868793800", "Bằng", null), "DELIVERED");
        assertEquals(List.of("+84868793800"), List.copyOf(BRANDB.leads().keySet()));
        assertTrue(SHARED.alohub.leads().containsKey("0868793800"));
        assertEquals(
                "2",
                SHARED.database.one("SELECT count(*) FROM alohub.sync_status WHERE phone = '+84868793800'"
                        + " AND account IN ('default', 'brandb')"));
    }

    @Test
    void replicas_that_do_not_know_the_same_accounts_take_and_refuse_only_rows_that_they_may() throws Exception {
        try (Rig rig = new Rig();
                Simulator other = brandb()) {
            rig.start();
            long row = insert(rig, " brandb ", "0868793800");
            long never = insert(rig, "brandc", "0868793800");
            rig.awaitStatus(row, "REJECTED");
            assertTrue(reason(rig, row).startsWith("account.unknown: "), reason(rig, row));
            assertTrue(reason(rig, row).endsWith("Accounts: default."), reason(rig, row));
            Daemon knows = rig.start(withBrandb(rig, other));
            rig.awaitStatus(row, "DELIVERED"); // it comes back to life
            assertEquals(1, other.leads().size());
            assertEquals("REJECTED", rig.database.rowStatus(never));
            assertTrue(reason(rig, never).endsWith("Accounts: brandb, default."), reason(rig, never));
            knows.terminate();
            assertEquals(0, knows.awaitExit(20));
            long later = insert(rig, "brandb", "0868793801");
            rig.awaitStatus(later, "PENDING"); // who does not know the account does not refuse it
            rig.awaitStatus(rig.database.insert("0868793801", "Bằng", null), "DELIVERED");
            assertEquals("PENDING", rig.database.rowStatus(later));
            rig.start(withBrandb(rig, other));
            rig.awaitStatus(later, "DELIVERED");
        }
    }

    /** One that was never registered, and one whose settings have changed. */
    @Test
    void accounts_whose_rows_are_locked_at_the_start_keep_back_no_other() throws Exception {
        try (Rig rig = new Rig();
                Simulator other = brandb()) {
            rig.database.execute(
                    "INSERT INTO alohub.account (name, seen_at) VALUES ('brandb', NULL), ('changed', now())");
            long ofBrandb = insert(rig, "brandb", "0868793800");
            version(rig, "changed", "Mới", "7");
            long older = version(rig, "changed", "Cũ", "5");
            try (Connection person = rig.database.dataSource().getConnection()) {
                person.setAutoCommit(false);
                person.createStatement()
                        .execute("SELECT FROM alohub.account WHERE name IN ('brandb', 'changed') FOR UPDATE");
                rig.start(withBrandb(rig, other)
                        .with("ALOHUB_ACCOUNTS_CHANGED_BASE_URL", other.url())
                        .with("ALOHUB_ACCOUNTS_CHANGED_API_KEY", "another-key")
                        .with("ALOHUB_ACCOUNTS_CHANGED_ORDER", "source-version"));
                rig.awaitStatus(rig.database.insert("0868793800", "Bằng", null), "DELIVERED");
                Await.until(
                        "a row of an account that is not registered yet is merged",
                        () -> Set.of("PENDING", "SENDING", "DELIVERED").contains(rig.database.rowStatus(ofBrandb)));
                Await.until(
                        "and the configured order counts",
                        () -> rig.database.rowStatus(older).equals("SUPERSEDED"));
                person.rollback();
            }
            Await.until(
                    "the heartbeat has registered it",
                    Duration.ofSeconds(60),
                    () -> rig.database.rowStatus(ofBrandb).equals("DELIVERED")
                            && rig.database
                                    .one("SELECT row_order FROM alohub.account WHERE name = 'changed'")
                                    .equals("source-version"));
        }
    }

    @Test
    void an_account_that_hangs_delays_no_other() {
        HANGS.alohub.behave(call -> Reply.fault(Reply.Fault.HANG));
        HANGS.insertMany(1000);
        BESIDE.insertMany(1000);
        Await.until("the other has all of its own", () -> BESIDE.alohub.leads().size() >= 1000);
        assertEquals(0, HANGS.customersThatAre("status = 'DELIVERED'"));
        assertTrue(List.of("ACTIVE", "RECOVERING").contains(BESIDE.state()), BESIDE.state());
    }

    @Test
    void where_the_sources_version_decides_the_newest_version_wins_and_an_absurd_one_is_rejected() {
        SHARED.awaitStatus(version("Mới", "1700000000123"), "DELIVERED");
        SHARED.awaitStatus(version("Cũ", "1600000000000"), "SUPERSEDED");
        long without = version("Không", "NULL");
        SHARED.awaitStatus(without, "REJECTED");
        assertTrue(reason(SHARED, without).startsWith("version.missing: "), reason(SHARED, without));
        long absurd = version("Xa", "253402300799000");
        SHARED.awaitStatus(absurd, "REJECTED");
        assertTrue(reason(SHARED, absurd).startsWith("version.too-far-ahead: "), reason(SHARED, absurd));
        SHARED.awaitStatus(version("Mới hơn", "1700000000124"), "DELIVERED");
        assertEquals("Mới hơn", VERSIONED.alohub.leads().get("0868793800").getString("name"));
        SHARED.awaitStatus(
                SHARED.database.insert("0868793802", "Bằng", null), "DELIVERED"); // the unnamed one goes by ids
    }

    private static long version(String name, String version) {
        return version(SHARED, "versioned", name, version);
    }

    private static long version(Rig rig, String account, String name, String version) {
        return Long.parseLong(
                rig.database.one("INSERT INTO alohub.customer_outbox (account, phone, name, source_version) VALUES ('"
                        + account + "', '0868793800', '" + name + "', " + version + ") RETURNING id"));
    }

    @Test
    void metrics_tell_the_accounts_apart() {
        SHARED.awaitStatus(MEASURED.insert("0868793800"), "DELIVERED");
        Await.until(
                "the sample is taken",
                () -> daemon.get("/q/metrics")
                        .body()
                        .contains("alohub_sync_customers{account=\"measured\",status=\"DELIVERED\"} 1.0"));
        String metrics = daemon.get("/q/metrics").body();
        assertTrue(metrics.contains("alohub_sync_customers{account=\"silent\",status=\"DELIVERED\"} 0.0"), metrics);
        assertTrue(metrics.contains("alohub_sync_account_state{account=\"measured\",state=\"ACTIVE\"} 1.0"), metrics);
        assertTrue(
                metrics.contains("alohub_sync_attempts_total{account=\"measured\",outcome=\"ACCEPTED\"} 1.0"), metrics);
        assertFalse(metrics.contains("key-of-brandb"));
    }

    @Test
    void the_log_is_text_and_has_no_attempts_unless_it_is_set_to() {
        SHARED.awaitStatus(BESIDE.insert("0868793800"), "DELIVERED");
        assertTrue(daemon.output().stream().noneMatch(line -> line.startsWith("{") || line.contains("attempt ")));
        assertTrue(daemon.output().stream().anyMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO +\\S+: .+")));
    }
}
