package io.alohubsync.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Traceparent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parent of a call's span, as OpenTelemetry reads it from the row. */
class OtelTracesTest {

    private static SpanContext parent(String traceparent) {
        return Span.fromContext(OtelTraces.parent(traceparent)).getSpanContext();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later"
            })
    void the_rows_traceparent_is_the_parent(String traceparent) {
        assertTrue(Traceparent.isValid(traceparent));
        SpanContext parent = parent(traceparent);
        assertEquals("0af7651916cd43dd8448eb211c80319c", parent.getTraceId());
        assertEquals(Traceparent.traceId(traceparent), parent.getTraceId());
        assertEquals("b7ad6b7169203331", parent.getSpanId());
        assertTrue(parent.isSampled());
        assertTrue(parent.isRemote());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"
            })
    void what_is_no_traceparent_to_the_claim_is_none_to_opentelemetry(String text) {
        assertFalse(Traceparent.isValid(text));
        assertFalse(parent(text).isValid());
    }

    @Test
    void a_row_without_one_begins_a_trace() {
        assertFalse(parent(null).isValid());
    }
}
