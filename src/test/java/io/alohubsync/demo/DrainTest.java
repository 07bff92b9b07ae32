package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DrainTest {

    @Test
    void its_data_are_gone_afterwards_however_it_ends() {
        AtomicReference<Path> used = new AtomicReference<>();
        assertThrows(
                IllegalStateException.class,
                () -> Drain.inNewFolder(folder -> {
                    used.set(folder);
                    Files.writeString(
                            Files.createDirectory(folder.resolve("postgres")).resolve("PG_VERSION"), "18");
                    assertTrue(Files.exists(folder.resolve("postgres")));
                    throw new IllegalStateException();
                }));
        assertFalse(Files.exists(used.get()));
    }

    @Test
    void the_path_of_the_cache_may_have_blanks() {
        assertArrayEquals(
                new String[] {"@docker/jvm.options", "-XX:AOTCacheOutput=/my images/app.aot"},
                Drain.options(Optional.of("/my images/app.aot")));
    }
}
