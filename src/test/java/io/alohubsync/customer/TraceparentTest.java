package io.alohubsync.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TraceparentTest {

    private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void its_trace_is_read() {
        assertTrue(Traceparent.isValid(VALID));
        assertEquals("0af7651916cd43dd8448eb211c80319c", Traceparent.traceId(VALID));
    }

    @Test
    void a_later_version_may_be_longer() {
        assertTrue(Traceparent.isValid(VALID.replaceFirst("00", "01") + "-"));
        assertFalse(Traceparent.isValid(VALID + "-"));
    }

    @Test
    void what_the_standard_forbids_is_none() {
        assertFalse(Traceparent.isValid(""));
        assertFalse(Traceparent.isValid("Nguyễn Thị Thủy"));
        assertFalse(Traceparent.isValid(VALID.substring(1)));
        assertFalse(Traceparent.isValid(VALID.toUpperCase(java.util.Locale.ROOT)));
        assertFalse(Traceparent.isValid(VALID.replaceFirst("00", "ff")));
        assertFalse(Traceparent.isValid("00-00000000000000000000000000000000-b7ad6b7169203331-01"));
        assertFalse(Traceparent.isValid("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"));
    }
}
