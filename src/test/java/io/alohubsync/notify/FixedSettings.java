package io.alohubsync.notify;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.NotifySettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings as the daemon reads them. */
final class FixedSettings {

    private FixedSettings() {}

    static NotifySettings of(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("alohub.base-url", "https://crm.example.vn"));
        all.putAll(settings);
        return new SmallRyeConfigBuilder()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(AlohubSettings.class)
                .notifications();
    }
}
