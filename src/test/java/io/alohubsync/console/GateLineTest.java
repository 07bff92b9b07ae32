package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.alohubsync.account.Gate;
import io.alohubsync.account.GateCause;
import io.alohubsync.account.GateState;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateLineTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-26T12:00:00.5+07:00");

    private static Gate.View view(GateState state, GateCause cause, boolean keyRefused) {
        return new Gate.View(
                state,
                NOON,
                NOON,
                "nguyen.thi.thuy",
                "stocktaking, ask Thủy",
                cause == null ? null : cause.needs(),
                cause,
                false,
                keyRefused,
                null,
                false,
                false,
                null,
                false);
    }

    @ParameterizedTest
    @EnumSource(GateState.class)
    void nobodys_words_and_nobodys_name_are_in_it(GateState state) {
        String line = GateLine.of("default", view(state, null, false)).toString();
        assertFalse(line.contains("stocktaking") || line.contains("nguyen"), line);
    }

    @Test
    void it_says_what_the_gate_needs_and_until_when() {
        GateLine line = GateLine.of("default", view(GateState.REFUSED, GateCause.KEY, true));
        assertEquals("Alohub refuses the key.", line.sentence());
        assertEquals(GateCause.KEY.needs(), line.needs());
        assertEquals(LocalTime.of(5, 0), line.until());
    }

    @Test
    void a_replica_whose_key_is_refused_says_so_while_others_go_on() {
        assertEquals(
                "This replica's key was refused; replace it.",
                GateLine.of("default", view(GateState.OPEN, null, true)).sentence());
    }
}
