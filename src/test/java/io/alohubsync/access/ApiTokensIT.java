package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import io.alohubsync.config.Seal;
import io.alohubsync.operate.People;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.Way;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of two replicas on a database, with a clock that is held. */
class ApiTokensIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final AgroalDataSource LOOPS = DATABASE.daemonPool();
    private static final PeopleDatabase PEOPLE = People.database(LOOPS);
    private static final Person ADMIN = new Person("quản", Role.ADMIN, Way.FILE, "s");

    private static final Seal SEAL = new Seal(List.of("kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0"));

    private final AtomicLong now = new AtomicLong();
    private final ApiTokens here = new ApiTokens(PEOPLE, () -> SEAL, now::get);
    private final ApiTokens there = new ApiTokens(PEOPLE, () -> SEAL, now::get);

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM alohub.api_token");
    }

    @AfterAll
    static void close() {
        PEOPLE.close();
        LOOPS.close();
    }

    private ApiTokens.Issued issue(String role, int days) {
        return here.issue(
                new ApiTokens.Order("kho", role, days, UUID.randomUUID().toString()), ADMIN);
    }

    private String token(String role, int days) {
        return assertInstanceOf(ApiTokens.Issued.Token.class, issue(role, days)).text();
    }

    private static String madeUp(int i) {
        return "alohub_" + String.format("%043d", i);
    }

    @Test
    void made_up_tokens_however_many_ask_the_database_nothing_and_a_valid_one_is_found_among_them() {
        String token = token(Role.OPERATOR, 30);
        assertEquals(new Person("kho", Role.OPERATOR, Way.TOKEN, "token " + id()), here.find(token));
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
        String token = token(Role.VIEWER, 30);
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

    /** As a double click does, and with the answer of either replica. */
    @Test
    void an_order_that_is_sent_twice_is_one_token_also_as_the_last_that_is_free() {
        ApiTokens.Order order = new ApiTokens.Order("kho", Role.VIEWER, 30, "a-form");
        ApiTokens.Issued issued = here.issue(order, ADMIN);
        DATABASE.execute("INSERT INTO alohub.api_token (name, role, token_hash, created_by, expires_at)"
                + " SELECT 'x', 'viewer', i::text, 'x', now() + interval '1 day' FROM generate_series(2, "
                + ApiToken.MOST
                + ") i");
        assertInstanceOf(ApiTokens.Issued.Token.class, issued);
        assertEquals(issued, there.issue(order, ADMIN));
        assertEquals("1", DATABASE.one("SELECT count(*) FROM alohub.api_token WHERE name = 'kho'"));
        DATABASE.execute("DELETE FROM alohub.api_token WHERE name = 'x'");
        Person another = new Person("quản", Role.ADMIN, Way.OIDC, "s2");
        assertNotEquals(issued, here.issue(order, another), "of another login");
        assertNotEquals(issued, here.issue(new ApiTokens.Order("kho", Role.VIEWER, 31, "a-form"), ADMIN));
    }

    @Test
    void all_valid_tokens_are_listed_before_those_that_have_ended() {
        DATABASE.execute("INSERT INTO alohub.api_token (name, role, token_hash, created_by, expires_at)"
                + " SELECT 'x', 'viewer', i::text, 'x', now() + CASE WHEN i % 2 = 0 THEN interval '1 day' ELSE interval '-1 day' END"
                + " FROM generate_series(1, 600) i");
        List<ApiToken> all = here.list();
        assertEquals(600, all.size());
        Instant now = Instant.now();
        assertTrue(all.subList(0, 300).stream().allMatch(token -> token.isValid(now)));
    }

    @Test
    void a_token_is_shown_no_more_a_minute_later_or_when_it_is_revoked() {
        ApiTokens.Order order = new ApiTokens.Order("kho", Role.VIEWER, 30, "a-form");
        here.issue(order, ADMIN);
        DATABASE.execute("UPDATE alohub.api_token SET created_at = now() - interval '61 seconds'");
        assertEquals(new ApiTokens.Issued.Before(), here.issue(order, ADMIN));
        DATABASE.execute("UPDATE alohub.api_token SET created_at = now(), revoked_at = now()");
        assertEquals(new ApiTokens.Issued.Before(), here.issue(order, ADMIN));
    }

    @Test
    void an_expired_token_is_none() {
        String token = token(Role.VIEWER, 1);
        DATABASE.execute("UPDATE alohub.api_token SET expires_at = now() - interval '1 second'");
        assertNull(there.find(token));
    }

    @Test
    void its_last_use_is_noted_once_a_minute() {
        String token = token(Role.VIEWER, 30);
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
                + ApiToken.MOST
                + ") i");
        String entries = "SELECT count(*) FROM alohub.audit WHERE act = 'TOKEN_ISSUED'";
        String before = DATABASE.one(entries);
        assertEquals(new ApiTokens.Issued.TooMany(), issue(Role.VIEWER, 30));
        assertEquals(before, DATABASE.one(entries));
        DATABASE.execute("UPDATE alohub.api_token SET revoked_at = now() WHERE token_hash = '1'");
        assertNotNull(token(Role.VIEWER, 30));
    }
}
