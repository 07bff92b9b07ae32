package io.alohubsync.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiredRowsIT {

    private final TestDatabase database = TestDatabase.migrated();
    private final ExpiredRows expired = new ExpiredRows(database.dataSource());

    /** More than one batch takes, in each table that strangers or people fill. */
    @Test
    void what_is_old_goes_however_much_it_is_and_what_is_young_stays() throws SQLException {
        database.execute("INSERT INTO alohub.login_failure SELECT 'old ' || i, 1, now() - interval '25 hours', now()"
                + " FROM generate_series(1, 2500) i");
        database.execute("INSERT INTO alohub.login_failure VALUES ('young', 1, now() - interval '23 hours', now())");
        database.execute("INSERT INTO alohub.ended_login SELECT 'old ' || i, now() - interval '1 s'"
                + " FROM generate_series(1, 2500) i");
        database.execute("INSERT INTO alohub.ended_login VALUES ('young', now() + interval '1 hour')");
        expired.purge();
        assertEquals(List.of("young"), database.column("SELECT subject FROM alohub.login_failure"));
        assertEquals(List.of("young"), database.column("SELECT session FROM alohub.ended_login"));
    }

    @Test
    void a_row_that_is_locked_waits_for_the_next_run_and_the_run_for_nobody() throws SQLException {
        database.execute("INSERT INTO alohub.login_failure SELECT 'old ' || i, 1, now() - interval '25 hours', now()"
                + " FROM generate_series(1, 3) i");
        try (Connection login = database.dataSource().getConnection();
                Statement statement = login.createStatement()) {
            login.setAutoCommit(false);
            statement.execute("SELECT FROM alohub.login_failure WHERE subject = 'old 2' FOR UPDATE");
            expired.purge();
            assertEquals(List.of("old 2"), database.column("SELECT subject FROM alohub.login_failure"));
            login.rollback();
        }
        expired.purge();
        assertEquals(List.of(), database.column("SELECT subject FROM alohub.login_failure"));
    }
}
