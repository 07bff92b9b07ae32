package io.alohubsync.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Stops the start when a setting is wrong, before anything else runs. */
@ApplicationScoped
public class SettingsGuard {

    void onStart(@Observes @Priority(1) StartupEvent event, AlohubSettings settings, Config config) {
        List<String> properties = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!source.getName()
                    .contains("EnvConfigSource")) { // variables come as they are spelt, from the environment
                properties.addAll(source.getPropertyNames());
            }
        }
        List<String> problems = new ArrayList<>(
                new SettingNames().problemsOf(properties, System.getenv().keySet()));
        config.getOptionalValue(DatabaseAddress.SETTING, String.class)
                .map(DatabaseAddress::problemOf)
                .orElse(Optional.of(DatabaseAddress.MISSING))
                .ifPresent(problems::add);
        problems.addAll(SettingsCheck.problemsOf(settings));
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
    }
}
