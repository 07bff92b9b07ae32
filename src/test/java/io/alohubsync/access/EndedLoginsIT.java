package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import io.alohubsync.operate.People;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.Way;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two replicas on a database, with a clock that is held. */
class EndedLoginsIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final AgroalDataSource LOOPS = DATABASE.daemonPool();
    private static final PeopleDatabase PEOPLE = People.database(LOOPS);

    private final AtomicLong now = new AtomicLong();
    private final EndedLogins here = new EndedLogins(PEOPLE, now::get);
    private final EndedLogins there = new EndedLogins(PEOPLE, now::get);

    @AfterAll
    static void close() {
        PEOPLE.close();
        LOOPS.close();
    }

    private static Person login(String session) {
        return new Person("lan", Role.OPERATOR, Way.FILE, session);
    }

    @Test
    void a_login_that_was_ended_is_known_at_once_here_and_a_second_later_at_the_other_replica() {
        assertFalse(here.has("one") || there.has("one"));
        assertEquals(Boolean.FALSE, here.hasAtOnce("one"));
        here.end(login("one"));
        assertTrue(here.has("one"));
        assertFalse(there.has("one"));
        now.addAndGet(Recent.FRESH.toNanos());
        assertTrue(there.has("one"));
        assertFalse(there.has("another"));
        assertEquals("LOGOUT lan", DATABASE.one("SELECT DISTINCT act || ' ' || person FROM alohub.audit"));
    }

    /** The cookie keeps the end that it was given. */
    @Test
    void it_stays_ended_for_as_long_as_any_login_may_last_whatever_the_setting_is_now() {
        here.end(login("long"));
        assertEquals(
                "t", DATABASE.one("SELECT max(until) > now() + interval '6 days 23 hours' FROM alohub.ended_login"));
    }

    @Test
    void while_the_table_can_not_be_read_nobody_is_let_in_and_the_next_request_is_declined_at_once() {
        DATABASE.execute("ALTER TABLE alohub.ended_login RENAME TO away");
        try {
            assertThrows(Unavailable.class, () -> here.has("other"));
        } finally {
            DATABASE.execute("ALTER TABLE alohub.away RENAME TO ended_login");
        }
        assertThrows(Unavailable.class, () -> here.has("other"));
        now.addAndGet(Recent.FRESH.toNanos());
        assertFalse(here.has("other"));
    }
}
