package io.alohubsync.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final TextMapGetter<String> ALONE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of("traceparent");
        }

        @Override
        public String get(String traceparent, String name) {
            return name.equals("traceparent") ? traceparent : null;
        }
    };

    /** A row that has one for us has one for the span of its call, and the other way round. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                VALID,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                "Nguyễn Thị Thủy",
                ""
            })
    void it_is_one_where_the_library_of_the_spans_finds_one(String text) {
        SpanContext found = Span.fromContext(
                        W3CTraceContextPropagator.getInstance().extract(Context.root(), text, ALONE))
                .getSpanContext();
        assertEquals(found.isValid(), Traceparent.isValid(text));
        if (found.isValid()) {
            assertEquals(found.getTraceId(), Traceparent.traceId(text));
        }
    }
}
