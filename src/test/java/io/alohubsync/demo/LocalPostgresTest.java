package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

    private static String refusalOf(Exception failure, boolean asRootWithoutNamespaces) {
        return assertThrows(
                        Unusable.class,
                        () -> LocalPostgres.started(
                                () -> {
                                    throw failure;
                                },
                                asRootWithoutNamespaces))
                .getMessage();
    }

    @Test
    void on_macos_the_locale_is_one_that_is_there() {
        assertEquals(Map.of("locale", "C.UTF-8"), LocalPostgres.locale("Linux"));
        assertEquals("C", LocalPostgres.locale("Mac OS X").get("locale"));
        assertEquals("C.UTF-8", LocalPostgres.locale("Mac OS X").get("builtin-locale"));
    }

    @Test
    void what_an_earlier_run_has_left_and_can_not_be_removed_does_not_keep_the_others(@TempDir Path memory)
            throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path first = Files.createDirectory(memory.resolve("alohub-postgres-" + ended.pid() + "-1"));
        Path foreign = Files.createDirectory(memory.resolve("alohub-postgres-" + ended.pid() + "-2"));
        Files.createDirectory(foreign.resolve("postmaster.pid")); // can't be read, as the folder of another user
        Path last = Files.createDirectory(memory.resolve("alohub-postgres-" + ended.pid() + "-3"));
        Path mine = Files.createDirectory(
                memory.resolve("alohub-postgres-" + ProcessHandle.current().pid() + "-4"));
        LocalPostgres.endLeftovers(memory);
        assertEquals(
                List.of(false, true, false, true),
                Stream.of(first, foreign, last, mine).map(Files::exists).toList());
    }

    /** The library throws that where initdb ends with another code than 0. */
    @Test
    void as_root_without_user_namespaces_the_sentence_says_what_to_do() {
        assertEquals(
                "The embedded PostgreSQL did not start, since it can't run as root where user namespaces are forbidden:"
                        + " run as another user, or name a PostgreSQL's JDBC URL in ALOHUB_POSTGRES.",
                refusalOf(new IllegalStateException("Process [initdb] failed"), true));
    }

    @Test
    void another_failure_keeps_its_own_words() {
        assertEquals(
                "The embedded PostgreSQL did not start: No space left on device",
                refusalOf(new IOException("No space left on device"), false));
    }
}
