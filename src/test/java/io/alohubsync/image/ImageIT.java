package io.alohubsync.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the image holds, built by the image's own recipe and run as a container would run it,
 * without an engine.
 */
class ImageIT {

    private static final Path ROOT = Path.of("target/image");
    /**
     * Of the drain that the image's AOT cache comes from: fewer than the image has, since its speed
     * is not measured here.
     */
    private static final String CUSTOMERS = "1000";

    private static final long SECONDS_TO_BUILD = 240;

    private final TestDatabase database = TestDatabase.empty();
    private final Simulator alohub = Simulator.start(0);

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(
                run("unshare", "--user", "--map-root-user", "--mount", "true") == 0,
                "the image's content is run with unshare, which is missing or forbidden here");
        assertEquals(0, run("docker/base.sh", ROOT.toString()));
        assertEquals(0, run("docker/rootfs.sh", ROOT.toString(), CUSTOMERS), "see target/image.log");
    }

    @AfterEach
    void stop() {
        alohub.close();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Path log = Files.createDirectories(Path.of("target")).resolve("image.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(SECONDS_TO_BUILD, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " takes too long: see " + log);
        }
        return process.exitValue();
    }

    @Test
    void it_delivers_from_a_read_only_root_with_the_cache_and_ends_cleanly() throws Exception {
        Daemon.Builder builder = Daemon.builder()
                .command("docker/run-rootfs.sh", ROOT.toString())
                .database(TestDatabase.Server.get(), database.url())
                .alohub(alohub.url(), Simulator.KEY);
        try (Daemon daemon = builder.start().awaitReady()) {
            long row = database.insert("0912345678", "Nguyễn Thị Thủy", null);
            Await.until("it is delivered", () -> "DELIVERED".equals(database.rowStatus(row)));
            assertEquals(
                    "Nguyễn Thị Thủy",
                    alohub.calls("0912345678").getFirst().lead().getString("name"));
            Path process = Path.of("/proc", String.valueOf(daemon.pid()));
            assertTrue(Files.readString(process.resolve("maps")).contains("/app/app.aot"), "the AOT cache is in use");
            assertTrue(
                    Files.readAllLines(process.resolve("mountinfo")).stream()
                            .filter(mount -> mount.split(" ")[4].equals("/"))
                            .allMatch(mount ->
                                    List.of(mount.split(" ")[5].split(",")).contains("ro")),
                    "its root is read-only");
            daemon.terminate();
            assertEquals(0, daemon.awaitExit(40), () -> String.join("\n", daemon.output()));
        }
    }

    @Test
    void it_holds_no_shell_and_nothing_that_everybody_may_write() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertFalse(all.stream().anyMatch(file -> file.endsWith("bin/sh")));
            for (Path file : all) {
                assertFalse(
                        Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE),
                        file.toString());
            }
        }
    }
}
