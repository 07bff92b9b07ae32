package io.alohubsync.config;

import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The settings under {@code alohub.phone.}: which phones are accepted. */
public interface PhoneSettings {

    /** Several phones in one field: take the first mobile, or reject the row. */
    @WithDefault("first-mobile")
    Several several();

    @WithDefault("accept")
    Landlines landlines();

    /** Whether eleven-digit mobiles from before 2018 are converted. */
    @WithDefault("true")
    boolean convertOldPrefixes();

    /**
     * Mobile prefixes, with the 0, that exist but that the library of the numbering plan does not
     * know.
     */
    @WithDefault("052,055,065,089")
    List<String> acceptPrefixes();

    /** Prefixes, with the 0, to reject although the library accepts them. */
    Optional<List<String>> denyPrefixes();

    /** Numbers, with the 0, that people type instead of a phone. */
    @WithDefault("0900000000,0123456789,01234567890,0000000000,0999999999")
    List<String> placeholders();

    enum Several {
        FIRST_MOBILE,
        REJECT
    }

    enum Landlines {
        ACCEPT,
        REJECT
    }
}
