package io.alohubsync.operate.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CanaryTest {

    @Test
    void four_of_five_have_to_pass_a_canary() {
        Duration soon = Duration.ofSeconds(5);
        assertEquals(Canary.Decision.WAIT, new Canary(7, 2, 1).decide(soon));
        assertEquals(Canary.Decision.GO, new Canary(8, 0, 2).decide(soon));
        assertEquals(Canary.Decision.FAIL, new Canary(0, 3, 7).decide(soon));
        assertEquals(Canary.Decision.FAIL, new Canary(7, 0, 3).decide(Canary.PATIENCE));
        assertEquals(Canary.Decision.GO, new Canary(1, 0, 0).decide(soon));
        assertEquals(Canary.Decision.FAIL, new Canary(2, 1, 0).decide(soon), "of three all");
        assertEquals(Canary.Decision.WAIT, new Canary(0, 0, 10).decide(soon));
    }
}
