package io.alohubsync.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What closed a gate, as the account's row and its view tell it. */
class GateCauseIT {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");

    private final TestDatabase database = TestDatabase.migrated();
    private final Gate gate = new Gate(
            database.dataSource(),
            new Account(
                    "default",
                    URI.create("http://127.0.0.1:1"),
                    KeySource.fixed(KEY.value()),
                    "Authorization",
                    PhoneFormat.NATIONAL,
                    1,
                    null,
                    new RowOrder(false, VersionUnit.AUTO)),
            Duration.ofSeconds(30),
            Duration.ofSeconds(8));

    @Test
    void every_cause_says_what_it_needs_in_english_and_in_vietnamese() throws Exception {
        gate.register();
        for (GateCause cause : GateCause.values()) {
            gate.close(new GateChange.Close(cause, "HTTP 403", KEY.fingerprint(), false, List.of()));
            assertEquals(cause, gate.look(KEY.fingerprint()).cause());
            assertEquals(cause.needs(), needs("needs"));
            String vietnamese = needs("needs_vi");
            assertTrue(vietnamese.matches(".*[\u1EA0-\u1EF9].*"), vietnamese);
            for (String setting :
                    new String[] {"alohub.base-url", "alohub.api-key-file", "alohub.resume", "proxy", "CDN"}) {
                assertEquals(cause.needs().contains(setting), vietnamese.contains(setting), cause + ": " + setting);
            }
        }
    }

    @Test
    void a_firewall_does_not_put_the_key_among_the_refused_ones() throws Exception {
        gate.register();
        gate.close(new GateChange.Close(GateCause.FIREWALL, "HTTP 403", KEY.fingerprint(), false, List.of()));
        assertEquals("{}", database.one("SELECT refused_keys FROM alohub.account"));
        assertEquals(GateState.MISCONFIGURED, gate.look(KEY.fingerprint()).state());
        assertFalse(gate.look(KEY.fingerprint()).keyRefused());
    }

    @Test
    void pauses_are_told_in_vietnamese_too_and_what_is_open_needs_nothing() throws Exception {
        gate.register();
        assertNull(needs("needs_vi"));
        gate.throttle(Duration.ofHours(12), "HTTP 429");
        assertTrue(needs("needs_vi").startsWith("Không cần làm gì"), needs("needs_vi"));
        assertEquals("t", database.one("SELECT until > now() + interval '11 hours' FROM alohub.account_status"));
        database.execute("SELECT alohub.pause('default', 'audit')");
        assertTrue(needs("needs_vi").contains("alohub.resume('default')"), needs("needs_vi"));
    }

    /** A newer replica knows more causes; an older one treats them as the usual one of the state. */
    @Test
    void a_cause_that_is_not_known_here_is_the_usual_one_of_its_state() throws Exception {
        gate.register();
        database.execute("ALTER TABLE alohub.account DROP CONSTRAINT account_gate_cause_check");
        gate.close(new GateChange.Close(GateCause.CONTRACT, "HTTP 415", KEY.fingerprint(), false, List.of()));
        database.execute("UPDATE alohub.account SET gate_cause = 'OF_TOMORROW'");
        assertEquals(GateCause.ENDPOINT, gate.look(KEY.fingerprint()).cause());
    }

    private String needs(String column) {
        return database.one("SELECT " + column + " FROM alohub.account_status");
    }
}
