package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class LoginLogFilterTest {

    private static String logged(String logger, String message, Object... parameters) {
        ExtLogRecord entry = new ExtLogRecord(Level.ERROR, message, ExtLogRecord.FormatStyle.PRINTF, "x");
        entry.setLoggerName(logger);
        entry.setParameters(parameters);
        assertTrue(new LoginLogFilter().isLoggable(entry));
        return new PatternFormatter("%s").format(entry);
    }

    private static String ofSingleSignOn(String detail) {
        return logged(
                "io.quarkus.oidc.runtime.CodeAuthenticationMechanism", "ID token verification has failed: %s", detail);
    }

    @Test
    void a_token_that_is_refused_is_named_with_its_reason_and_without_the_person() {
        assertEquals(
                "ID token verification has failed: JWT rejected due to invalid claims. Details: [[8] Audience (aud) claim [someone]]",
                ofSingleSignOn(
                        "JWT (claims->{\"sub\": \"u-17\", \"address\": {\"city\": \"Huế\"}, \"email\": \"binh@example.vn\"})"
                                + " rejected due to invalid claims. Details: [[8] Audience (aud) claim [someone]]"));
    }

    @Test
    void a_token_itself_is_left_out() {
        assertEquals(
                "ID token verification has failed: Invalid JWS Signature: JsonWebSignature{\"alg\": \"RS256\"}->…]",
                ofSingleSignOn(
                        "Invalid JWS Signature: JsonWebSignature{\"alg\": \"RS256\"}->eyJhbGciOi.eyJpc3-Mi_x.AAAA]"));
    }

    /** The description of an error comes with the address that the browser opens. */
    @Test
    void an_entry_is_one_line_whatever_the_provider_says() {
        assertEquals(
                "ID token verification has failed: no 2026-11-27 INFO x: y",
                ofSingleSignOn("no\n2026-11-27 INFO\rx: y"));
    }

    @Test
    void other_entries_stay_as_they_are() {
        assertEquals(
                "two\nlines (claims->{x}) 5", logged("io.alohubsync.access.Access", "two\nlines (claims->{x}) %d", 5));
    }
}
