package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.account.TripCause;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void each_outcome_of_a_call_has_a_code_of_its_own() {
        List<Outcome> ofCalls = List.of(
                new Outcome.Accepted(200, true),
                new Outcome.Refused(422, "no"),
                new Outcome.Failed(500, "failed"),
                new Outcome.Unknown("no answer"),
                new Outcome.NotSent("refused"),
                new Outcome.Throttled(429, null, "busy"),
                new Outcome.AccountRefused(401, TripCause.KEY, "no"));
        assertEquals(Outcome.CODES, ofCalls.stream().map(Outcome::code).toList());
        assertEquals(Outcome.class.getPermittedSubclasses().length, Outcome.CODES.size() + 1, "NotStarted has no call");
    }

    @Test
    void a_status_is_there_where_a_status_line_came() {
        assertEquals(201, new Outcome.Accepted(201, true).httpStatus());
        assertEquals(407, new Outcome.NotSent(407, "the proxy refused").httpStatus());
        assertNull(new Outcome.Failed(null, "garbled").httpStatus());
        assertNull(new Outcome.Unknown("no answer").httpStatus());
        assertNull(new Outcome.NotStarted().httpStatus());
    }
}
