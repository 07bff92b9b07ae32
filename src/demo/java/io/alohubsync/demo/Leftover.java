package io.alohubsync.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process of an earlier run that was killed. Its pid is in a file. */
final class Leftover {

    /** As coarse is the start of a process on Linux. */
    private static final Duration INEXACT = Duration.ofSeconds(2);

    private Leftover() {}

    /**
     * @param pidFile the pid in its first line; anything else, as after a power cut, is no process
     * @return empty: it has ended, and the pid may be another program's by now
     */
    static Optional<ProcessHandle> of(Path pidFile, String program) throws IOException {
        String pid = Files.readString(pidFile, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        if (!pid.matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        Instant written = Files.getLastModifiedTime(pidFile).toInstant();
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> process.info().command().orElse("").endsWith(program))
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> !start.isAfter(written.plus(INEXACT)))
                        .isPresent());
    }
}
