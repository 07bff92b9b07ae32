package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoverTest {

    private final ProcessHandle mine = ProcessHandle.current();

    @TempDir
    private Path folder;

    private Path written(String content, Instant when) throws IOException {
        Path file = Files.writeString(folder.resolve("pid"), content);
        return Files.setLastModifiedTime(file, FileTime.from(when));
    }

    @Test
    void a_process_that_was_there_when_its_pid_was_written_is_one() throws IOException {
        assertEquals(Optional.of(mine), Leftover.of(written(mine.pid() + "\n/data\n", Instant.now()), "java"));
    }

    @Test
    void one_that_began_later_or_is_another_program_is_none() throws IOException {
        Instant before = mine.info().startInstant().orElseThrow().minus(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), Leftover.of(written(String.valueOf(mine.pid()), before), "java"));
        assertEquals(Optional.empty(), Leftover.of(written(String.valueOf(mine.pid()), Instant.now()), "postgres"));
    }

    @Test
    void a_file_that_was_cut_off_is_none() throws IOException {
        assertEquals(Optional.empty(), Leftover.of(written("", Instant.now()), "java"));
        assertEquals(Optional.empty(), Leftover.of(written("\0\0\0", Instant.now()), "java"));
    }
}
