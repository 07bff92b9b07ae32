package io.alohubsync.worker;

import io.quarkus.runtime.Quarkus;

/** Ends the program with one clear line. */
final class Exit {

    private Exit() {}

    static void because(String sentence) {
        System.err.println("alohub-sync can't run: " + sentence);
        Quarkus.asyncExit(1);
    }
}
