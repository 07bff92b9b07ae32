package io.alohubsync.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.alohub.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class WithoutEnvelopeTest {

    @Test
    void what_was_accepted_by_its_status_alone_is_counted_and_logged_once() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        WithoutEnvelope accepted = new WithoutEnvelope("default", registry);
        try (LogLines lines = new LogLines(WithoutEnvelope.class)) {
            accepted.seen(new Outcome.Accepted(200, true));
            accepted.seen(new Outcome.Failed(500, "failed"));
            assertEquals(0, lines.count());
            accepted.seen(new Outcome.Accepted(204, false));
            accepted.seen(new Outcome.Accepted(200, false));
            assertEquals(1, lines.count());
        }
        assertEquals(
                2,
                registry.get("alohub.sync.accepted.without.envelope").counter().count());
    }
}
