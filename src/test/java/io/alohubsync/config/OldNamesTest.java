package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OldNamesTest {

    private static SmallRyeConfig config(Map<String, String> set) {
        Map<String, String> all = new HashMap<>(set);
        all.put("alohub.base-url", "https://crm.example.vn");
        all.put("alohub.api-key", "key");
        return new SmallRyeConfigBuilder()
                .withMapping(AlohubSettings.class)
                .withValidateUnknown(false)
                .withInterceptors(new OldNames())
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(all, "test", 300))
                .build();
    }

    private static String probeInterval(Map<String, String> set) {
        return config(set)
                .getConfigMapping(AlohubSettings.class)
                .breaker()
                .probeInterval()
                .toString();
    }

    @Test
    void an_old_name_is_read_where_the_new_one_is_not_set() {
        assertEquals("PT30S", probeInterval(Map.of()));
        assertEquals("PT7S", probeInterval(Map.of("alohub.gate.probe-interval", "7s")));
        assertEquals(
                "PT8S",
                probeInterval(Map.of("alohub.gate.probe-interval", "7s", "alohub.breaker.probe-interval", "8s")));
        assertEquals("PT30S", probeInterval(Map.of("alohub.gate.probe-interval", " ")));
    }

    @Test
    void each_old_name_that_is_set_has_a_warning_that_names_the_new_one() {
        assertEquals(List.of(), OldNames.warnings(config(Map.of())));
        List<String> warnings =
                OldNames.warnings(config(Map.of("alohub.gate.ramp", "7s", "alohub.database.bell", "false")));
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.getFirst().contains("alohub.breaker.ramp (ALOHUB_BREAKER_RAMP)"), warnings::toString);
    }

    @Test
    void an_old_name_is_no_misspelt_one() {
        for (String old : OldNames.OLD.values()) {
            assertEquals(List.of(), new SettingNames().problemsOf(List.of(old), List.of(Variable.of(old))));
        }
    }
}
