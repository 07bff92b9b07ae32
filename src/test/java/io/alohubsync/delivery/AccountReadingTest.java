package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.LeadClient;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountReadingTest {

    private static final String REFUND = "refunded [7]";

    private final ScriptedAccount account = new ScriptedAccount();
    private final AccountReading reading = account.reading;
    private final LeadClient client = account.client.refreshed();

    @Test
    void the_attempts_that_a_trip_has_cost_are_refunded_once() throws Exception {
        account.breaker.learn(ScriptedAccount.trip());
        reading.read(client);
        reading.read(client);
        account.settler.finish();
        account.settler.finish();
        assertEquals(1, account.written.stream().filter(REFUND::equals).count(), account.written.toString());
    }

    @Test
    void so_they_are_where_the_state_cannot_be_read_after_the_trip_was_written() {
        account.breaker.learn(ScriptedAccount.trip());
        account.failsAfter = "state";
        assertThrows(SQLException.class, () -> reading.read(client));
        account.failsAfter = null;
        account.settler.finish();
        assertTrue(account.written.contains(REFUND), account.written.toString());
    }

    @Test
    void another_replica_may_have_tripped_the_breaker() throws Exception {
        assertTrue(reading.read(client).allowsCalls());
        account.state = AccountState.MISCONFIGURED;
        assertTrue(reading.read(client).allowsCalls(), "as it was known a moment ago");
        assertFalse(reading.stillAllowsCalls(client.key().fingerprint()));
        assertFalse(reading.mayBegin());
    }

    @Test
    void with_another_key_the_state_is_read_again() throws Exception {
        reading.read(client);
        int statements = account.database.statements().size();
        reading.read(client);
        assertEquals(statements, account.database.statements().size(), "known a moment ago");
        reading.read(StandingDelivery.client(ApiKey.of("another-key")));
        assertTrue(account.database.statements().size() > statements);
    }

    @Test
    void the_stop_writes_what_calls_have_shown_and_refunds_their_attempts() throws Exception {
        account.breaker.learn(ScriptedAccount.trip());
        reading.finish("key");
        account.settler.finish();
        assertEquals(List.of("state MISCONFIGURED", REFUND), account.written);
    }
}
