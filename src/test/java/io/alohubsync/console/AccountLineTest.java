package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import io.alohubsync.breaker.BreakerState;
import io.alohubsync.breaker.BreakerView;
import io.alohubsync.breaker.LearnedRate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountLineTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-26T12:00:00.5+07:00");

    private static BreakerView view(AccountState state, TripCause cause, boolean keyRefused) {
        BreakerState row = new BreakerState(
                new BreakerState.Phase(state, NOON, NOON),
                new BreakerState.Reason(
                        "nguyen.thi.thuy",
                        "stocktaking, ask Thủy",
                        cause == null ? null : cause.needs(),
                        cause == null ? null : cause.name(),
                        false),
                new BreakerState.Recovery(NOON, 0, 0, null),
                new BreakerState.Keys(keyRefused ? List.of("fingerprint") : List.of(), null),
                new BreakerState.Learned(LearnedRate.NONE, null));
        return new BreakerView(row, NOON, "fingerprint");
    }

    @ParameterizedTest
    @EnumSource(AccountState.class)
    void nobodys_words_and_nobodys_name_are_in_it(AccountState state) {
        String line = AccountLine.of("default", view(state, null, false)).toString();
        assertFalse(line.contains("stocktaking") || line.contains("nguyen"), line);
    }

    @Test
    void it_says_what_the_account_needs_and_until_when() {
        AccountLine line = AccountLine.of("default", view(AccountState.KEY_REJECTED, TripCause.KEY, true));
        assertEquals("Alohub refuses the key.", line.sentence());
        assertEquals(TripCause.KEY.needs(), line.needs());
        assertEquals(LocalTime.of(5, 0), line.until());
    }

    @Test
    void a_replica_whose_key_is_refused_says_so_while_others_go_on() {
        assertEquals(
                "This replica's key was refused; replace it.",
                AccountLine.of("default", view(AccountState.ACTIVE, null, true)).sentence());
    }
}
