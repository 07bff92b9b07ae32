package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.operate.Way;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Logins as texts. */
class SessionsTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-27T02:03:04Z"), ZoneOffset.UTC);
    private static final Sessions SESSIONS = new Sessions(NOW, Duration.ofHours(10));

    @Test
    void a_login_is_read_as_it_was_written() {
        Sessions.Session session = SESSIONS.begin("lan", Way.OIDC, Role.OPERATOR, "");
        assertEquals(session, SESSIONS.read(Sessions.text(session)));
    }

    /** Of a replica with another version: the person logs in once more. */
    @Test
    void a_login_by_a_way_that_is_not_known_is_none() {
        String text = Sessions.text(SESSIONS.begin("lan", Way.OIDC, Role.OPERATOR, ""));
        assertNull(SESSIONS.read(text.replace("OIDC", "PASSKEY")));
    }
}
