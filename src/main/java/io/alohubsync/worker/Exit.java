package io.alohubsync.worker;

import io.quarkus.runtime.Quarkus;
import java.time.Duration;

/** Ends the program with one clear line. */
final class Exit {

    /** Longer than a drain. What has not ended by then hangs. */
    private static final Duration LAST_MOMENT = Duration.ofMinutes(2);

    private Exit() {}

    static void because(String sentence) {
        System.err.println("alohub-sync can't run: " + sentence);
        Quarkus.asyncExit(1);
        Thread.ofPlatform().name("last-moment").daemon().start(Exit::endForSure);
    }

    private static void endForSure() {
        try {
            Thread.sleep(LAST_MOMENT);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
