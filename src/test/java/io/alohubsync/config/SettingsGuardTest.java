package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class SettingsGuardTest {

    private static Config loops(String loops) {
        return new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(Map.of("quarkus.vertx.event-loops-pool-size", loops), "test", 100))
                .build();
    }

    @Test
    void more_than_one_event_loop_is_refused() {
        assertEquals(List.of(), SettingsGuard.problemsOfEventLoops(loops("1")));
        String sentence = SettingsGuard.problemsOfEventLoops(loops("4")).getFirst();
        assertTrue(sentence.contains("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE"), sentence);
    }
}
