package io.alohubsync.config;

import java.util.Locale;

/** The environment variable of a setting. */
final class Variable {

    private Variable() {}

    static String of(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
