package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a test needs beside the JDK: without it the test is skipped on a person's machine, and fails
 * in CI.
 */
public final class Required {

    private Required() {}

    /** @param what with the way to get it */
    public static void toBeThere(String what, boolean isThere) {
        check(what, isThere, System.getenv("CI") != null);
    }

    static void check(String what, boolean isThere, boolean ci) {
        if (ci) {
            assertTrue(isThere, what + " is missing, and in CI nothing is skipped");
        }
        assumeTrue(isThere, what + " is missing");
    }
}
