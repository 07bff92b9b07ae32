package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
