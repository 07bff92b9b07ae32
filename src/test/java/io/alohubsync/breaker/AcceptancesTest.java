package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AcceptancesTest {

    @Test
    void a_slow_call_that_ends_last_takes_nothing_from_one_that_began_after_it() {
        Acceptances acceptances = new Acceptances(0);
        acceptances.accepted(1, "key", 100, 110);
        acceptances.accepted(2, "key", 50, 120);
        assertTrue(acceptances.isSince(80));
    }
}
