package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of scripts for node below {@code src/test}, with the libraries that its
 * package-lock.json pins. Needs npm and its registry.
 */
public final class Npm {

    public record Ended(int code, String output) {}

    private final Path folder;

    private Npm(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies the folder to {@code target} and installs its libraries there, unless that was done
     * before.
     */
    public static Npm install(String name) throws IOException, InterruptedException {
        Path source = Path.of("src/test", name);
        Npm npm = new Npm(Path.of("target/npm", name));
        Files.createDirectories(npm.folder);
        Path installed = npm.folder.resolve("node_modules/.package-lock.json");
        boolean upToDate = Files.exists(installed)
                && Files.mismatch(source.resolve("package-lock.json"), npm.folder.resolve("package-lock.json")) < 0;
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, npm.folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!upToDate) {
            Ended ended = npm.run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
            Required.toBeThere(
                    "what " + source + " names (npm ci; apt-get install nodejs npm): " + ended.output(),
                    ended.code() == 0);
        }
        return npm;
    }

    /** @return both streams as one text; code 127 if the program is not there */
    public Ended run(List<String> command) throws InterruptedException {
        try {
            Process process = builder(command).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
            return new Ended(process.exitValue(), output);
        } catch (IOException missing) {
            return new Ended(127, command.getFirst() + " is not there");
        }
    }

    public ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    }
}
