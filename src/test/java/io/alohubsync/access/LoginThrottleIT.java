package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.People;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements that slow logins down, as {@link Logins} runs them. */
class LoginThrottleIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Sql BEGIN = Sql.named("access/begin-login");
    private static final Sql PASS = Sql.named("access/pass-login");

    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        connection = DATABASE.dataSource().getConnection();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM alohub.login_failure");
    }

    private record Subject(String name, int allowed) {}

    /** Of an office whose address others have used up. */
    @Test
    void a_login_that_its_address_keeps_waiting_is_not_counted_against_its_user() throws SQLException {
        for (int i = 0; i < 21; i++) {
            begin("user " + i);
        }
        for (int i = 0; i < 9; i++) {
            assertTrue(begin("lan") > 0);
        }
        assertEquals("0", DATABASE.one("SELECT count(*) FROM alohub.login_failure WHERE subject = 'lan'"));
        assertEquals("21", DATABASE.one("SELECT failures FROM alohub.login_failure WHERE subject = 'address'"));
    }

    @Test
    void a_login_whose_password_was_not_looked_at_is_counted_no_more() throws SQLException {
        begin("lan");
        Sql.named("access/uncount-login")
                .on(connection)
                .texts("subjects", List.of("lan", "address"), subject -> subject)
                .update();
        assertEquals("0 0", DATABASE.one("SELECT string_agg(failures::text, ' ') FROM alohub.login_failure"));
    }

    /** Hashes are checked one after the other: three people at eight o'clock. */
    @Test
    void a_right_password_that_was_not_looked_at_is_no_wrong_one(@TempDir Path folder) throws Exception {
        String password = "bốn từ rất dễ nhớ";
        Path users = folder.resolve("users");
        Files.writeString(users, "lan:operator:" + PasswordHash.of(password.toCharArray()) + "\n");
        Access access = new Access(People.settings(
                "alohub.console.users-file",
                users.toString(),
                "alohub.console.encryption-key",
                "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0"));
        try (People people = new People(DATABASE)) {
            EndedLogins ended = new EndedLogins(people.database);
            Logins waiting = new Logins(access, ended, people.database, new Semaphore(0));
            assertInstanceOf(Logins.Login.Busy.class, waiting.withPassword("lan", password, "10.0.0.1"));
            assertEquals("0", DATABASE.one("SELECT sum(failures) FROM alohub.login_failure"));
            Logins atOnce = new Logins(access, ended, people.database, new Semaphore(1));
            assertInstanceOf(Logins.Login.Passed.class, atOnce.withPassword("lan", password, "10.0.0.1"));
        }
    }

    /** @return the wait in seconds; 0: the password is looked at */
    private static long begin(String user) throws SQLException {
        List<Subject> subjects = List.of(new Subject(user, 5), new Subject("address", 20));
        return BEGIN
                .on(connection)
                .texts("subjects", subjects, Subject::name)
                .ints("allowed", subjects, Subject::allowed)
                .list(row -> row.getLong(1))
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** None of them has come to an answer yet. */
    @Test
    void of_many_logins_at_a_time_no_more_are_looked_at_than_of_those_one_after_the_other() throws SQLException {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waits.add(begin("lan"));
        }
        assertEquals(6, waits.stream().filter(wait -> wait == 0).count(), waits.toString());
        assertTrue(waits.getLast() >= 1, waits.toString());
    }

    @Test
    void of_many_users_at_a_time_from_one_address_no_more_are_looked_at() throws SQLException {
        long[] waits = new long[50];
        for (int i = 0; i < waits.length; i++) {
            waits[i] = begin("user " + i);
        }
        assertEquals(21, LongStream.of(waits).filter(wait -> wait == 0).count());
    }

    @Test
    void a_right_password_lets_the_next_one_of_the_address_in_at_once() throws SQLException {
        for (int i = 0; i < 21; i++) {
            begin("user " + i);
        }
        assertTrue(begin("another") > 0);
        PASS.on(connection).set("user", "user 20").set("address", "address").update();
        assertEquals(0, begin("another"));
    }

    /** There may be a million. */
    @Test
    void a_right_password_deletes_none_of_others_however_old() throws SQLException {
        DATABASE.execute("INSERT INTO alohub.login_failure VALUES ('stranger', 1, now() - interval '2 days', now())");
        begin("lan");
        PASS.on(connection).set("user", "lan").set("address", "address").update();
        assertEquals(
                "address stranger",
                DATABASE.one("SELECT string_agg(subject, ' ' ORDER BY subject) FROM alohub.login_failure"));
    }

    @Test
    void each_failure_doubles_the_wait_and_a_day_forgets_them() throws SQLException {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            begin("lan");
            waits.add(Long.parseLong(DATABASE.one(
                    "SELECT ceil(greatest(0, extract(epoch FROM blocked_until - last_at)))::bigint FROM alohub.login_failure"
                            + " WHERE subject = 'lan'")));
            DATABASE.execute("UPDATE alohub.login_failure SET blocked_until = now() - interval '1 second'");
        }
        assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 2L, 4L, 8L, 16L), waits);
        DATABASE.execute("UPDATE alohub.login_failure SET last_at = last_at - interval '2 days'");
        assertEquals(0, begin("lan"));
        assertEquals("1", DATABASE.one("SELECT failures FROM alohub.login_failure WHERE subject = 'lan'"));
    }
}
