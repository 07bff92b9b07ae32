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
import org.jboss.logging.Logger;

/** Stops the start when a setting is wrong, before anything else runs. */
@ApplicationScoped
public class SettingsGuard {

    private static final Logger LOG = Logger.getLogger(SettingsGuard.class);
    private static final String EVENT_LOOPS = "quarkus.vertx.event-loops-pool-size";

    /** All calls of an account and their state belong to one event loop. */
    static List<String> problemsOfEventLoops(Config config) {
        int loops = config.getOptionalValue(EVENT_LOOPS, Integer.class).orElse(1);
        return loops == 1
                ? List.of()
                : List.of(EVENT_LOOPS + " is " + loops + ": leave it out (also QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE)."
                        + " Calls are made on one event loop; how many at a time is alohub.concurrency.");
    }

    void onStart(@Observes @Priority(1) StartupEvent event, AlohubSettings settings, Config config) {
        OldNames.warnings(config).forEach(LOG::warn);
        List<String> problems = problemsOf(settings, config);
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
    }

    /** One sentence each. */
    public static List<String> problemsOf(AlohubSettings settings, Config config) {
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
        problems.addAll(problemsOfEventLoops(config));
        problems.addAll(QuarkusCheck.problemsOf(config));
        problems.addAll(SettingsCheck.problemsOf(settings));
        problems.addAll(NotifyCheck.problemsOf(settings.notifications(), config));
        return problems;
    }
}
