package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.Required;
import io.alohubsync.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions behind the real PgBouncer, which Debian's package {@code pgbouncer} brings. */
class PgBouncerIT {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    @TempDir
    private Path folder;

    private final TestDatabase database = TestDatabase.empty();
    private Process pgbouncer;

    @BeforeAll
    static void is_installed() {
        Required.toBeThere("PgBouncer (apt-get install pgbouncer)", Files.isExecutable(PROGRAM));
    }

    @AfterEach
    void stop() throws Exception {
        pgbouncer.destroy();
        pgbouncer.waitFor();
    }

    /** @return the URL of the database behind it */
    private String start(String... settings) throws IOException {
        URI server = URI.create(database.url().substring("jdbc:".length()));
        int port = freePort();
        List<String> lines = new ArrayList<>(List.of(
                "[databases]",
                "erp = host=127.0.0.1 port=" + server.getPort() + " dbname=" + database.name() + " user="
                        + TestDatabase.Server.get().user() + " password="
                        + TestDatabase.Server.get().password(),
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = any",
                "ignore_startup_parameters = extra_float_digits"));
        lines.addAll(List.of(settings));
        Path file = Files.write(folder.resolve("pgbouncer.ini"), lines);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), file.toString()));
        if (System.getProperty("user.name").equals("root")) { // it refuses to run as root
            command.addAll(1, List.of("-u", "nobody"));
        }
        pgbouncer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until("PgBouncer listens", () -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
        return "jdbc:postgresql://127.0.0.1:" + port + "/erp";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ServerCheck check(String url) {
        return new ServerCheck(ServerCheck.to(url, "anybody", "any"));
    }

    private void assertRefused(String url) throws Exception {
        String sentence =
                assertThrows(Migration.Unusable.class, check(url)::run).getMessage();
        assertTrue(sentence.contains("pool_mode = session"), sentence);
        try (Connection other = DriverManager.getConnection(url, "anybody", "any");
                var row = other.createStatement().executeQuery("SHOW lock_timeout")) {
            row.next();
            assertEquals("0", row.getString(1), "nothing is left on the shared session");
        }
    }

    @Test
    void a_pool_by_transaction_is_refused() throws Exception {
        assertRefused(start("pool_mode = transaction"));
    }

    @Test
    void a_pool_by_transaction_with_many_servers_in_turn_is_refused() throws Exception {
        assertRefused(start("pool_mode = transaction", "server_round_robin = 1", "min_pool_size = 5"));
    }

    @Test
    void a_pool_by_statement_is_refused() throws Exception {
        assertRefused(start("pool_mode = statement"));
    }

    @Test
    void a_pool_by_session_passes_each_time() throws Exception {
        ServerCheck check = check(start("pool_mode = session"));
        for (int start = 0; start < 5; start++) {
            assertDoesNotThrow(check::run);
        }
    }

    /** Settings or prepared statements of the daemon would come to whom the session goes next. */
    @ParameterizedTest
    @ValueSource(
            strings = {"server_reset_query =", "server_reset_query = RESET ALL", "server_reset_query = DEALLOCATE ALL"})
    void a_pool_by_session_that_hands_sessions_on_as_they_are_is_refused(String reset) throws Exception {
        String url = start("pool_mode = session", reset);
        for (int start = 0; start < 2; start++) {
            String sentence =
                    assertThrows(Migration.Unusable.class, check(url)::run).getMessage();
            assertTrue(sentence.contains("server_reset_query = DISCARD ALL"), sentence);
        }
        try (Connection one = DriverManager.getConnection(url, "anybody", "any");
                Connection other = DriverManager.getConnection(url, "anybody", "any")) {
            for (Connection connection : List.of(one, other)) {
                try (var row = connection
                        .createStatement()
                        .executeQuery("SELECT coalesce(current_setting('alohub_sync.pooler', true), '') = ''"
                                + " AND NOT EXISTS (SELECT FROM pg_prepared_statements)")) {
                    row.next();
                    assertTrue(row.getBoolean(1), "nothing is left on the shared sessions");
                }
            }
        }
    }

    /** What another program has left there. */
    @Test
    void so_is_one_whose_sessions_hold_statements_of_others() throws Exception {
        String url = start("pool_mode = session", "server_reset_query =");
        try (Connection theirs = DriverManager.getConnection(url, "anybody", "any")) {
            theirs.createStatement().execute("PREPARE theirs AS SELECT 1");
        }
        assertThrows(Migration.Unusable.class, check(url)::run);
    }
}
