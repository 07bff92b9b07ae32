package io.alohubsync.intake.webhook;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.intake.Intake;
import io.alohubsync.intake.Source;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sources with their mapping and signature, as set. */
@ApplicationScoped
public class Platforms {

    private final AlohubSettings settings;
    private final Intake intake;
    private final Map<String, Platform> platforms = new TreeMap<>(); // written at the start

    Platforms(AlohubSettings settings, Intake intake) {
        this.settings = settings;
        this.intake = intake;
    }

    /** @return what is wrong with the settings of the sources: one sentence each, with the remedy */
    public static List<String> problemsOf(AlohubSettings settings) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(settings.intake().sources())
                .forEach((name, own) ->
                        new PlatformSettings(name, own, problems).platform(Source.named(name, settings)));
        return problems;
    }

    /** @throws SettingsProblem a mapping or a signature is unsound */
    void onStart(@Observes StartupEvent event) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(settings.intake().sources())
                .forEach((name, own) ->
                        platforms.put(name, new PlatformSettings(name, own, problems).platform(intake.named(name))));
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
    }

    /** A source without settings of its own sends the fields of the lead API. */
    Platform of(String source) {
        Platform set = platforms.get(source);
        return set == null ? PlatformSettings.none(intake.named(source)) : set;
    }

    /** Its payloads are signed: it needs no token. */
    boolean isSigned(String source) {
        Platform set = platforms.get(source);
        return set != null && set.signature() != null;
    }
}
