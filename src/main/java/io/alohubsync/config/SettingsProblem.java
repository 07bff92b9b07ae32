package io.alohubsync.config;

import java.util.List;

/** The settings are wrong: the program ends with these sentences and an exit code other than 0. */
public final class SettingsProblem extends RuntimeException {

    public SettingsProblem(List<String> sentences) {
        super(String.join("\n", sentences));
    }
}
