package io.alohubsync.daemon;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JVM's options for the daemons that tests start: little memory, a compiler that is quick to
 * begin, and an AOT cache of the packaged daemon, which is made once for all tests of this JVM. A
 * suite starts some eighty daemons; the cache halves each start.
 */
final class QuickStart {

    /**
     * Compiles what is called six times as often as usual: at a start most methods are called too
     * seldom to be worth it.
     */
    private static final String[] OPTIONS = {
        "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=6", "-XX:+UseSerialGC", "-Xmx256m"
    };

    private static final Path CACHE = Path.of("target/daemon-tests.aot");
    /**
     * The JVM makes the cache at its end. Without one each start of the suite takes twice the CPU
     * time, so it is worth a wait.
     */
    private static final int SECONDS_TO_ASSEMBLE = 300;

    private static boolean tried;

    private QuickStart() {}

    static synchronized String[] options() {
        if (!tried) {
            tried = true;
            train();
        }
        return Files.exists(CACHE) ? with("-XX:AOTCache=" + CACHE) : OPTIONS;
    }

    private static String[] with(String option) {
        String[] all = java.util.Arrays.copyOf(OPTIONS, OPTIONS.length + 1);
        all[OPTIONS.length] = option;
        return all;
    }

    /** One daemon, one customer. Where the JVM makes no cache of it, the tests only take longer. */
    private static void train() {
        try {
            Files.deleteIfExists(CACHE);
            TestDatabase database = TestDatabase.empty();
            try (Simulator alohub = Simulator.start(0);
                    Daemon daemon = Daemon.builder()
                            .database(TestDatabase.Server.get(), database.url())
                            .alohub(alohub.url(), Simulator.KEY)
                            .jvm(with("-XX:AOTCacheOutput=" + CACHE))
                            .start()
                            .awaitReady()) {
                long row = database.insert("0868793800", "Nguyễn Thị Thủy", "thuy@example.vn");
                Await.until("it is delivered", () -> "DELIVERED".equals(database.rowStatus(row)));
                daemon.get("/");
                daemon.get("/q/metrics");
                daemon.terminate();
                daemon.awaitExit(SECONDS_TO_ASSEMBLE);
            }
        } catch (IOException | InterruptedException | RuntimeException | AssertionError untrained) {
            System.err.println("The daemons of the tests start without a cache: " + untrained.getMessage());
        }
    }
}
