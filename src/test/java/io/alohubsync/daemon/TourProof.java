package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.TestDatabase;
import io.alohubsync.account.AccountState;
import io.alohubsync.demo.Tour;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TourProof {

    @Test
    void the_tour_shows_every_state_of_the_breaker() throws Exception {
        TreeSet<String> all =
                Arrays.stream(AccountState.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                all, Tour.run(TestDatabase.Server.get(), TestDatabase.empty().url()));
    }
}
