package io.alohubsync.intake;

import io.alohubsync.config.IntakeSettings;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.config.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What is wrong with the settings of the intake: one sentence each, which names the setting and the
 * remedy. No secret in it.
 */
final class IntakeCheck {

    private final IntakeSettings settings;
    private final List<String> problems = new ArrayList<>();

    IntakeCheck(IntakeSettings settings) {
        this.settings = settings;
    }

    List<String> problems() {
        rate();
        new TreeMap<>(settings.sources()).forEach(this::source);
        return problems;
    }

    private void rate() {
        try {
            Rate.of(settings.rate(), 1);
        } catch (IllegalArgumentException unsound) {
            problems.add(
                    "alohub.intake.rate must be requests per second or in a window, for example 100 or 600/1m, between"
                            + " 0.01 and 100000 per second in a window of a day at most.");
        }
    }

    private void source(String name, SourceSettings own) {
        String prefix = "alohub.intake.sources." + name + ".";
        if (own.account().isPresent() && !own.account().get().strip().matches("[a-z0-9]{1,63}")) {
            problems.add(prefix + "account is no account's name: set it to one of alohub.accounts, or leave it out.");
        }
        if (own.priority().isPresent()
                && (own.priority().getAsInt() < -1000 || own.priority().getAsInt() > 1000)) {
            problems.add(prefix + "priority must be between -1000 and 1000: higher goes first.");
        }
    }
}
