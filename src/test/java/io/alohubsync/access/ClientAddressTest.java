package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private static final ClientAddress BEHIND = new ClientAddress(Networks.of(List.of("10.0.0.0/8", "fd00::/8")));

    /** The headers are separated by bars. */
    @ParameterizedTest
    @CsvSource({
        "10.1.1.1, 203.0.113.7, 203.0.113.7",
        "10.1.1.1, '198.51.100.1, 203.0.113.7', 203.0.113.7",
        "10.1.1.1, '203.0.113.7, 10.2.2.2', 203.0.113.7",
        "10.1.1.1, '203.0.113.7 | 10.2.2.2', 203.0.113.7",
        "10.1.1.1, '198.51.100.1 | 203.0.113.7', 203.0.113.7",
        "10.1.1.1, 203.0.113.7:4711, 203.0.113.7",
        "fd00::1, [2001:db8:1:2:3::7]:4711, 2001:db8:1:2:0:0:0:0/64",
        "10.1.1.1, 'junk, 10.2.2.2', 10.1.1.1",
        "10.1.1.1, '203.0.113.7, junk', 10.1.1.1",
        "10.1.1.1, '', 10.1.1.1",
        "10.1.1.1, '10.1.1.2,,', 10.1.1.1",
        "203.0.113.9, 198.51.100.1, 203.0.113.9",
    })
    void behind_a_forwarder_the_client_is_the_last_address_that_is_none_of_theirs(
            String peer, String headers, String client) {
        List<String> forwardedFor = Arrays.stream(headers.split("\\|")).toList();
        assertEquals(client, BEHIND.of(peer, forwardedFor));
    }

    @Test
    void without_a_forwarder_what_a_header_says_counts_for_nothing() {
        assertEquals("10.1.1.1", new ClientAddress(Optional.empty()).of("10.1.1.1", List.of("203.0.113.7")));
    }

    @Test
    void addresses_of_one_ipv6_network_are_one_place_and_an_ipv4_address_in_another_form_is_itself() {
        ClientAddress direct = new ClientAddress(Optional.empty());
        assertEquals(direct.of("2001:db8::1", List.of()), direct.of("2001:db8::ffff:1", List.of()));
        assertEquals("203.0.113.7", direct.of("::ffff:203.0.113.7", List.of()));
    }
}
