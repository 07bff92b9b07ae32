package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.0/24, 10.1.2.255, true",
        "10.1.2.0/24, 10.1.3.0, false",
        "10.1.2.0/23, 10.1.3.0, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/8, ::ffff:10.1.1.1, true",
        "10.0.0.0/8, fd00::1, false",
        "10.0.0.0/8, proxy.example, false",
        "10.0.0.0/8, '', false",
        "fe80::/10, fe80::1%eth0, true",
    })
    void an_address_is_in_a_network_or_not(String network, String address, boolean in) {
        assertEquals(in, Networks.of(List.of(network)).orElseThrow().has(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy", "10.1.2", "10.1.2.0/33", "10.1.2.0/-1", "10.1.2.0/a", "10.1.2.256"})
    void what_is_no_network_is_refused(String network) {
        assertTrue(Networks.of(List.of("10.0.0.0/8", network)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, true",
        "128.0.0.0/1, true",
        "10.0.0.0/7, true",
        "10.0.0.0/8, false",
        "10.1.2.3, false",
        "::/0, true",
        "2000::/3, true",
        "fd00::/15, true",
        "fd00::/16, false",
        "fd00::1, false",
        "proxy, false",
    })
    void a_network_of_strangers_is_too_wide(String network, boolean tooWide) {
        assertEquals(tooWide, !Networks.tooWide(List.of("10.0.0.0/8", network)).isEmpty());
    }
}
