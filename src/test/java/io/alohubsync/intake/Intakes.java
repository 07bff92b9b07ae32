package io.alohubsync.intake;

import io.alohubsync.config.AlohubSettings;
import java.util.Map;

/** For the tests of the rooms below: what only this one can make. */
public final class Intakes {

    private Intakes() {}

    /** @param own settings below {@code alohub.intake.} */
    public static AlohubSettings settings(Map<String, String> own) {
        return SourcesTest.settings(own);
    }

    /** Without a database: it can write nothing. */
    public static Intake of(AlohubSettings settings) {
        return new Intake(settings, null);
    }
}
