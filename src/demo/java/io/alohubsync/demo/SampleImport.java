package io.alohubsync.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Somebody's list from Excel: the command {@code import} takes the example file of the documents,
 * with lines that can't be used.
 */
final class SampleImport {

    private static final Path EXAMPLE = Path.of("docs/examples/customers.csv");
    private static final int SECONDS = 60;

    private SampleImport() {}

    /**
     * @param folder for a copy of the file, beside which the command leaves the lines that it
     *               rejects
     * @param printed   receives what the command prints
     */
    static void run(LocalPostgres postgres, Simulator alohub, Path folder, Consumer<String> printed)
            throws IOException, InterruptedException {
        Path file = Files.copy(EXAMPLE, folder.resolve(EXAMPLE.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(folder.resolve("customers.rejected.csv")); // of the demo before
        try (Daemon command = Daemon.builder()
                .database(postgres, postgres.url())
                .alohub(alohub.url(), Simulator.KEY)
                .jvm("-XX:TieredStopAtLevel=1", "-Xmx128m")
                .arguments("import", file.toString(), "--again", "--yes", "--why", "demo")
                .log(printed)
                .start()) {
            command.awaitExit(SECONDS);
        }
    }
}
