package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    @Test
    void a_page_of_this_console_is_where_it_is() {
        for (String path : new String[] {"/", "/customers?q=a%2Fb&to=//x", "/problems/RkFJ/retry", "/docs/a/b"}) {
            assertEquals(path, Paths.here(path));
        }
    }

    /** Whatever is appended to it: a link of a page leads to no other host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/x",
                "///evil.example",
                "/\\evil.example/x",
                "\\\\evil.example",
                "/\t/evil.example",
                "http://evil.example/x",
                "https://evil.example",
                "https:/\\evil.example//evil.example/",
                "javascript:alert(1)",
                "evil.example:80",
                "*",
                ""
            })
    void an_address_that_names_a_host_stays_here(String address) {
        String here = Paths.here(address);
        assertTrue(here.startsWith("/"), here);
        assertFalse(here.startsWith("//") || here.startsWith("/\\"), here);
        assertEquals(
                "console",
                URI.create("https://console/").resolve(here.replace('\\', '/')).getHost(),
                here);
    }
}
