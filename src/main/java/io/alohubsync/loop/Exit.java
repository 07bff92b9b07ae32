package io.alohubsync.loop;

import io.quarkus.runtime.Quarkus;
import java.time.Duration;

/**
 * Ends the program with one clear line. Any thread may call it; the threads that stop the process
 * read the exit code.
 */
public final class Exit {

    /** Longer than a drain: a process that has not ended by then hangs. */
    private static final Duration LAST_MOMENT = Duration.ofMinutes(2);

    private static volatile int code; // of the last reason

    private Exit() {}

    /** The exit code of the process: 0 unless there was a reason. */
    public static int code() {
        return code;
    }

    public static void because(String sentence) {
        System.err.println("alohub-sync can't run: " + sentence);
        code = 1;
        Quarkus.asyncExit(code);
        Thread.ofPlatform().name("last-moment").daemon().start(Exit::endForSure);
    }

    private static void endForSure() {
        try {
            Thread.sleep(LAST_MOMENT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
