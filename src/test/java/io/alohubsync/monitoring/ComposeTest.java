package io.alohubsync.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.demo.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docker/compose.yaml, as far as it can be judged without an engine. */
class ComposeTest {

    private static final Path FILE = Path.of("docker/compose.yaml");

    private final Map<String, Map<String, Object>> services = services();

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) AlertRules.yaml(FILE).get("services");
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> service, String name) {
        return (List<String>) service.getOrDefault(name, List.of());
    }

    @Test
    void nothing_listens_beyond_this_machine() {
        services.forEach((name, service) ->
                texts(service, "ports").forEach(port -> assertTrue(port.startsWith("127.0.0.1:"), name + ": " + port)));
    }

    @Test
    void what_is_fetched_has_its_version() {
        services.forEach((name, service) -> {
            String image = String.valueOf(service.get("image"));
            assertTrue(service.containsKey("build") || image.matches(".+:v?[0-9][0-9a-z.-]*"), image);
        });
    }

    @Test
    void what_is_mounted_is_there() {
        services.forEach((name, service) -> texts(service, "volumes").stream()
                .map(volume -> volume.split(":")[0])
                .filter(source -> source.startsWith("."))
                .forEach(source -> assertTrue(Files.isRegularFile(FILE.resolveSibling(source)), source)));
    }

    @Test
    void the_daemon_has_the_key_that_the_simulator_takes() {
        Object environment = services.get("alohub-sync").get("environment");
        assertEquals(Simulator.KEY, ((Map<?, ?>) environment).get("ALOHUB_API_KEY"));
    }
}
