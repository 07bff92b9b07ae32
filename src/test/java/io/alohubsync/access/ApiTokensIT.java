package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Unavailable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of two replicas on a database, with a clock that is held. */
class ApiTokensIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final AgroalDataSource LOOPS = DATABASE.daemonPool();
    private static final PeopleDatabase PEOPLE = new PeopleDatabase(LOOPS);
    private static final Person ADMIN = new Person("quản", Role.ADMIN, Person.Way.FILE, "s");

    private final AtomicLong now = new AtomicLong();
    private final ApiTokens here = new ApiTokens(PEOPLE, now::get);
    private final ApiTokens there = new ApiTokens(PEOPLE, now::get);

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM alohub.api_token");
    }

    @AfterAll
    static void close() {
        PEOPLE.close();
        LOOPS.close();
    }

    private static String madeUp(int i) {
        return "alohub_" + String.format("%043d", i);
    }

    @Test
    void made_up_tokens_however_many_ask_the_database_nothing_and_a_valid_one_is_found_among_them() {
        String token = String.valueOf(here.issue("kho", Role.OPERATOR, 30, ADMIN));
        assertEquals(new Person("kho", Role.OPERATOR, Person.Way.TOKEN, "token " + id()), here.find(token));
        DATABASE.execute("ALTER TABLE alohub.api_token RENAME TO away");
        try {
            for (int i = 0; i < 2000; i++) {
                assertNull(here.find(madeUp(i)));
            }
            assertNotNull(here.find(token));
            now.addAndGet(Recent.FRESH.toNanos());
            assertThrows(Unavailable.class, () -> here.find(madeUp(1)));
            assertNull(here.find("alohub_x"), "by its form");
        } finally {
            DATABASE.execute("ALTER TABLE alohub.away RENAME TO api_token");
        }
    }

    private static String id() {
        return DATABASE.one("SELECT id FROM alohub.api_token");
    }

    @Test
    void a_token_is_known_and_revoked_at_once_here_and_a_second_later_at_the_other_replica() {
        assertNull(there.find(madeUp(1)));
        assertNull(here.find(madeUp(1)));
        String token = String.valueOf(here.issue("kho", Role.VIEWER, 30, ADMIN));
        assertNotNull(here.find(token));
        assertNull(there.find(token));
        now.addAndGet(Recent.FRESH.toNanos());
        assertNotNull(there.find(token));
        assertNotNull(here.find(token));
        assertEquals("kho", here.revoke(Long.parseLong(id()), ADMIN));
        assertNull(here.find(token));
        now.addAndGet(Recent.FRESH.toNanos());
        assertNull(there.find(token));
    }

    @Test
    void an_expired_token_is_none() {
        String token = String.valueOf(here.issue("kho", Role.VIEWER, 1, ADMIN));
        DATABASE.execute("UPDATE alohub.api_token SET expires_at = now() - interval '1 second'");
        assertNull(there.find(token));
    }

    @Test
    void its_last_use_is_noted_once_a_minute() {
        String token = String.valueOf(here.issue("kho", Role.VIEWER, 30, ADMIN));
        here.find(token);
        assertNotNull(DATABASE.one("SELECT last_used_at FROM alohub.api_token"));
        DATABASE.execute("UPDATE alohub.api_token SET last_used_at = NULL");
        here.find(token);
        assertNull(DATABASE.one("SELECT last_used_at FROM alohub.api_token"));
        now.addAndGet(60_000_000_000L);
        here.find(token);
        assertNotNull(DATABASE.one("SELECT last_used_at FROM alohub.api_token"));
    }

    @Test
    void a_thousand_valid_tokens_are_the_most_and_a_refused_one_leaves_no_entry() {
        DATABASE.execute("INSERT INTO alohub.api_token (name, role, token_hash, created_by, expires_at)"
                + " SELECT 'x', 'viewer', i::text, 'x', now() + interval '1 day' FROM generate_series(1, "
                + ApiTokens.MOST
                + ") i");
        String entries = "SELECT count(*) FROM alohub.audit WHERE act = 'TOKEN_ISSUED'";
        String before = DATABASE.one(entries);
        assertNull(here.issue("kho", Role.VIEWER, 30, ADMIN));
        assertEquals(before, DATABASE.one(entries));
        DATABASE.execute("UPDATE alohub.api_token SET revoked_at = now() WHERE token_hash = '1'");
        assertNotNull(here.issue("kho", Role.VIEWER, 30, ADMIN));
    }
}
