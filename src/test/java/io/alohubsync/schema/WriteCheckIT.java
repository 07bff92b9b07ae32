package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What readiness asks the database, on the real server. Each question comes two seconds after the
 * last.
 */
class WriteCheckIT {

    private final TestDatabase database = TestDatabase.empty();
    private final AgroalDataSource pool = database.daemonPool();
    private final AtomicLong now = new AtomicLong();
    private final WriteCheck check = new WriteCheck(pool, Runnable::run, now::get);

    @AfterEach
    void close() {
        pool.close();
    }

    private boolean takesWrites() {
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        return check.takesWrites();
    }

    @Test
    void a_session_that_takes_no_writes_is_reported_and_thrown_away() {
        database.readOnly(true);
        assertFalse(takesWrites());
        database.readOnly(false);
        assertTrue(takesWrites(), "by another connection");
    }

    @Test
    void a_database_that_is_away_takes_none() {
        assertTrue(takesWrites());
        database.cutOff(true);
        assertFalse(takesWrites());
        database.cutOff(false);
        assertTrue(takesWrites());
    }

    @Test
    void many_questions_within_a_second_are_one() throws SQLException {
        assertTrue(takesWrites());
        try (Connection _ = pool.getConnection()) {
            assertTrue(check.takesWrites(), "as it was a moment ago");
        }
    }
}
