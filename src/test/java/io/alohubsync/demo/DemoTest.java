package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {

    private static String refusalOf(String port) {
        return assertThrows(Unusable.class, () -> Demo.freePort(port)).getMessage();
    }

    @Test
    void a_port_that_is_in_use_is_named_with_the_variable_that_sets_another() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = other.getLocalPort();
            assertEquals(
                    "The port " + port + " is not free (Address already in use): set ALOHUB_DEMO_PORT to another.",
                    refusalOf(String.valueOf(port)));
        }
        assertEquals(port, Demo.freePort(String.valueOf(port)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "0", "65536", "-1", "8080 "})
    void what_is_no_port_is_named(String port) {
        assertEquals("ALOHUB_DEMO_PORT is no port: set it to a number from 1 to 65535.", refusalOf(port));
    }
}
