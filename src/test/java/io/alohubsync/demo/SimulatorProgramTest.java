package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.demo.SimulatorProgram.Wanted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person types to start the simulated Alohub. */
class SimulatorProgramTest {

    @Test
    void port_address_and_mode_may_be_left_out() {
        assertEquals(new Wanted(8090, "127.0.0.1", Mode.ACCEPTING), SimulatorProgram.wanted());
        assertEquals(
                new Wanted(9000, "0.0.0.0", Mode.REFUSING_KEY),
                SimulatorProgram.wanted("9000", "--mode", "refusing-key", "0.0.0.0"));
    }

    @Test
    void a_misuse_is_said_in_a_sentence() {
        for (List<String> wrong : List.of(
                List.of("port"),
                List.of("65536"),
                List.of("--mode"),
                List.of("--mode", "glad"),
                List.of("--verbose"),
                List.of("1", "a", "b"))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SimulatorProgram.wanted(wrong.toArray(String[]::new)),
                    wrong.toString());
        }
    }
}
