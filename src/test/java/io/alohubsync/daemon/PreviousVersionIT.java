package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The version before the newest change of the schema, packaged for {@link RolloutIT} while other
 * tests wait.
 */
class PreviousVersionIT {

    static final Path FOLDER = Path.of("target/previous");
    private static final int NO_HISTORY = 3; // exit codes of previous.sh
    private static final int NOT_MIGRATED = 4;
    private static final int NOT_TRIED = -1;

    private static int exitCode = NOT_TRIED;

    @Test
    void it_can_be_packaged() throws Exception {
        int built = build();
        assumeTrue(built != NO_HISTORY, "this checkout has no history: the version before is not in it");
        assumeTrue(built != NOT_MIGRATED, "the version before has a V file that is another here: see previous.sh");
        assertEquals(0, built, "the version before can't be built: see target/previous.log");
    }

    static boolean isPackaged() throws IOException, InterruptedException {
        return build() == 0;
    }

    /** Once for all tests, also where it fails. */
    private static synchronized int build() throws IOException, InterruptedException {
        if (exitCode == NOT_TRIED) {
            exitCode = new ProcessBuilder("src/test/previous.sh", FOLDER.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target/previous.log").toFile())
                    .start()
                    .waitFor();
        }
        return exitCode;
    }
}
