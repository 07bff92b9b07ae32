package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.demo.Daemon;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/**
 * What only the process itself can meet: before the settings are checked, or in the server that
 * Quarkus starts.
 */
class WrongStartIT {

    private static void ends(String variable, String value, String sentence) throws Exception {
        try (Rig rig = new Rig()) {
            Daemon daemon = rig.daemon().with(variable, value).start();
            assertEquals(1, daemon.awaitExit(30));
            assertTrue(
                    daemon.output().stream().anyMatch(line -> line.startsWith("alohub-sync can't start: " + sentence)),
                    () -> String.join("\n", daemon.output()));
        }
    }

    @Test
    void a_port_of_health_and_metrics_that_is_in_use_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ends(
                    "QUARKUS_MANAGEMENT_PORT",
                    String.valueOf(taken.getLocalPort()),
                    "the port for health and metrics is in use: set quarkus.management.port (QUARKUS_MANAGEMENT_PORT)");
        }
    }

    @Test
    void an_address_that_the_machine_does_not_have_is_not_called_a_port_in_use() throws Exception {
        ends("QUARKUS_HTTP_HOST", "192.0.2.1", "this machine does not have the address of quarkus.http.host: ");
    }

    @Test
    void a_time_zone_that_does_not_exist_is_named() throws Exception {
        ends("ALOHUB_CONSOLE_ZONE", "Mars/Base", "alohub.console.zone is no time zone: set it to one like ");
    }
}
