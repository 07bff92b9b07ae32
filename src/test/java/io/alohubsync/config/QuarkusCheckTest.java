package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuarkusCheckTest {

    private static List<String> problems(String... pairs) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return QuarkusCheck.problemsOf(
                new SmallRyeConfigBuilder().withDefaultValues(settings).build());
    }

    @Test
    void the_defaults_are_sound() {
        assertEquals(List.of(), problems());
    }

    @ParameterizedTest
    @CsvSource({"8081, 8081", "9000,", ", 8080"})
    void one_port_for_both_is_a_problem(String http, String management) {
        Map<String, String> set = new HashMap<>();
        set.put("quarkus.http.port", http == null ? "8080" : http);
        set.put("quarkus.management.port", management == null ? "9000" : management);
        List<String> problems = problems(set.entrySet().stream()
                .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                .toArray(String[]::new));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith("quarkus.http.port and quarkus.management.port are both "));
    }

    @Test
    void any_free_port_is_not_one_port() {
        assertEquals(List.of(), problems("quarkus.http.port", "0", "quarkus.management.port", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void connections_with_which_nothing_can_run_are_a_problem(String connections) {
        List<String> problems = problems("quarkus.datasource.jdbc.max-size", connections);
        assertTrue(problems.getFirst().startsWith("quarkus.datasource.jdbc.max-size is " + connections + ": set it"));
    }

    @Test
    void few_connections_are_slow_but_sound() {
        assertEquals(List.of(), problems("quarkus.datasource.jdbc.max-size", "3"));
    }
}
