package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several accounts in one daemon, and in several that do not know the same ones. */
@Execution(ExecutionMode.CONCURRENT)
class AccountsIT {

    private final Rig rig = new Rig();
    private final Simulator other = Simulator.start(0).takeKeys("key-of-brandb").readKeyFrom("X-Api-Key");

    @AfterEach
    void stop() {
        rig.close();
        other.close();
    }

    private Daemon.Builder withBrandb() {
        return rig.daemon()
                .with("ALOHUB_ACCOUNTS_BRANDB_BASE_URL", other.url())
                .with("ALOHUB_ACCOUNTS_BRANDB_API_KEY", "key-of-brandb")
                .with("ALOHUB_ACCOUNTS_BRANDB_API_KEY_HEADER", "X-Api-Key")
                .with("ALOHUB_ACCOUNTS_BRANDB_PHONE_FORMAT", "e164");
    }

    private long insert(String account, String phone) {
        return Long.parseLong(rig.database.one("INSERT INTO alohub.customer_outbox (account, phone, name) VALUES ('"
                + account + "', '" + phone + "', 'Bằng') RETURNING id"));
    }

    private String reason(long row) {
        return rig.database.one("SELECT reason FROM alohub.outbox_status WHERE id = " + row);
    }

    @Test
    void each_account_has_its_address_its_key_its_header_and_its_phone_form() throws Exception {
        rig.start(withBrandb());
        rig.awaitStatus(insert("brandb", "0868793800"), "DELIVERED");
        rig.awaitStatus(rig.database.insert("0868793800", "Bằng", null), "DELIVERED");
        assertEquals(List.of("+84868793800"), List.copyOf(other.leads().keySet()));
        assertEquals(List.of("0868793800"), List.copyOf(rig.alohub.leads().keySet()));
        assertEquals("2", rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE phone = '+84868793800'"));
    }

    @Test
    void a_row_of_an_unknown_account_is_rejected_and_comes_back_to_life_when_it_appears() throws Exception {
        rig.start();
        long row = insert(" brandb ", "0868793800");
        long never = insert("brandc", "0868793800");
        rig.awaitStatus(row, "REJECTED");
        assertTrue(reason(row).startsWith("account.unknown: "), reason(row));
        assertTrue(reason(row).endsWith("Accounts: default."), reason(row));
        rig.start(withBrandb());
        rig.awaitStatus(row, "DELIVERED");
        assertEquals(1, other.leads().size());
        assertEquals("REJECTED", rig.database.rowStatus(never));
        assertTrue(reason(never).endsWith("Accounts: brandb, default."), reason(never));
    }

    @Test
    void a_replica_that_does_not_know_an_account_refuses_none_of_its_rows() throws Exception {
        Daemon knows = rig.start(withBrandb());
        rig.start();
        knows.terminate();
        assertEquals(0, knows.awaitExit(20));
        long row = insert("brandb", "0868793800");
        rig.awaitStatus(row, "PENDING");
        rig.awaitStatus(rig.database.insert("0868793801", "Bằng", null), "DELIVERED");
        assertEquals("PENDING", rig.database.rowStatus(row));
        rig.start(withBrandb());
        rig.awaitStatus(row, "DELIVERED");
    }

    @Test
    void an_account_that_hangs_delays_no_other() throws Exception {
        try (Simulator third = Simulator.start(0).behave(call -> Reply.fault(Reply.Fault.HANG))) {
            rig.start(withBrandb()
                    .with("ALOHUB_ACCOUNTS_HANGS_BASE_URL", third.url())
                    .with("ALOHUB_ACCOUNTS_HANGS_API_KEY", Simulator.KEY)
                    .with("ALOHUB_DELIVERY_CALL_DEADLINE", "90s") // longer than this test waits for the others
                    .with("ALOHUB_DELIVERY_LEASE", "120s"));
            rig.awaitStatus(rig.database.insert("0868793800", "Warm", null), "DELIVERED");
            for (String account : List.of("hangs", "brandb", "default")) {
                rig.database.execute("INSERT INTO alohub.customer_outbox (account, phone, name) SELECT '" + account
                        + "', '09123' || lpad(i::text, 5, '0'), 'Customer ' || i FROM generate_series(1, 1000) i");
            }
            Await.until(
                    "both others have all of theirs",
                    () -> rig.alohub.leads().size() == 1001 && other.leads().size() == 1000);
            assertEquals(
                    "0",
                    rig.database.one(
                            "SELECT count(*) FROM alohub.sync_status WHERE account = 'hangs' AND status = 'DELIVERED'"));
            assertEquals(
                    "0",
                    rig.database.one(
                            "SELECT count(*) FROM alohub.account_status WHERE account <> 'hangs' AND state NOT IN ('ACTIVE', 'RECOVERING')"));
        }
    }

    @Test
    void where_the_sources_version_decides_the_newest_version_wins_and_an_absurd_one_is_rejected() throws Exception {
        rig.start(withBrandb().with("ALOHUB_ACCOUNTS_BRANDB_ORDER", "source-version"));
        String insert =
                "INSERT INTO alohub.customer_outbox (account, phone, name, source_version) VALUES ('brandb', '0868793800', ";
        long newest = Long.parseLong(rig.database.one(insert + "'Mới', 1700000000123) RETURNING id"));
        rig.awaitStatus(newest, "DELIVERED");
        long older = Long.parseLong(rig.database.one(insert + "'Cũ', 1600000000000) RETURNING id"));
        rig.awaitStatus(older, "SUPERSEDED");
        long without = Long.parseLong(rig.database.one(insert + "'Không', NULL) RETURNING id"));
        rig.awaitStatus(without, "REJECTED");
        assertTrue(reason(without).startsWith("version.missing: "), reason(without));
        long absurd = Long.parseLong(rig.database.one(insert + "'Xa', 253402300799000) RETURNING id"));
        rig.awaitStatus(absurd, "REJECTED");
        assertTrue(reason(absurd).startsWith("version.too-far-ahead: "), reason(absurd));
        long newer = Long.parseLong(rig.database.one(insert + "'Mới hơn', 1700000000124) RETURNING id"));
        rig.awaitStatus(newer, "DELIVERED");
        assertEquals("Mới hơn", other.leads().get("+84868793800").getString("name"));
        rig.awaitStatus(rig.database.insert("0868793800", "Bằng", null), "DELIVERED"); // the unnamed one goes by ids
    }

    @Test
    void metrics_tell_the_accounts_apart() throws Exception {
        Daemon daemon = rig.start(withBrandb());
        rig.awaitStatus(insert("brandb", "0868793800"), "DELIVERED");
        Await.until(
                "the sample is taken",
                () -> daemon.get("/q/metrics")
                        .body()
                        .contains("alohub_sync_customers{account=\"brandb\",status=\"DELIVERED\"} 1.0"));
        String metrics = daemon.get("/q/metrics").body();
        assertTrue(metrics.contains("alohub_sync_customers{account=\"default\",status=\"DELIVERED\"} 0.0"), metrics);
        assertTrue(metrics.contains("alohub_sync_account_state{account=\"brandb\",state=\"ACTIVE\"} 1.0"), metrics);
        assertTrue(
                metrics.contains("alohub_sync_attempts_total{account=\"brandb\",outcome=\"ACCEPTED\"} 1.0"), metrics);
        assertFalse(metrics.contains("key-of-brandb"));
        Await.until("the page shows it", () -> daemon.get("/").body().contains("Account brandb: ACTIVE"));
    }
}
