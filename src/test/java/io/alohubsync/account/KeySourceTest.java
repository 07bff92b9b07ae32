package io.alohubsync.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write_a_key() throws IOException {
        file = folder.resolve("key");
        Files.writeString(file, "first-secret");
    }

    @Test
    void a_fixed_key_is_trimmed_and_stays() {
        KeySource source = KeySource.fixed("  first-secret\n");
        source.refresh();
        assertKey("first-secret", source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first-secret",
                "first-secret\n",
                "first-secret\r\n",
                "\n  first-secret \n\n",
                "\tfirst-secret \t"
            })
    void the_key_in_a_file_is_trimmed(String content) throws IOException {
        Files.writeString(file, content);
        assertKey("first-secret", KeySource.inFile(file));
    }

    @Test
    void a_changed_file_is_read_again() throws IOException {
        KeySource source = KeySource.inFile(file);
        assertKey("first-secret", source);
        Files.writeString(file, "second-secret\n");
        assertKey("first-secret", source); // until it looks
        source.refresh();
        assertKey("second-secret", source);
    }

    @Test
    void a_secret_that_kubernetes_swaps_is_read_again() throws IOException {
        Path mounted = folder.resolve("mounted");
        Files.createDirectory(mounted);
        Files.writeString(Files.createDirectory(mounted.resolve("..2026_03_01")).resolve("api-key"), "first-secret");
        Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..2026_03_01"));
        Files.createSymbolicLink(mounted.resolve("api-key"), Path.of("..data/api-key"));
        KeySource source = KeySource.inFile(mounted.resolve("api-key"));
        assertKey("first-secret", source);

        Files.writeString(Files.createDirectory(mounted.resolve("..2026_03_02")).resolve("api-key"), "second-secret");
        Files.createSymbolicLink(mounted.resolve("..data_tmp"), Path.of("..2026_03_02"));
        Files.move(mounted.resolve("..data_tmp"), mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        source.refresh();
        assertKey("second-secret", source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                " \r\n ",
                "two\nlines",
                "nul\u0000",
                "tone\u0007tone",
                "del\u007fdel",
                "khóa",
                "\ufeffsecond-secret"
            })
    void an_empty_or_unsound_file_keeps_the_last_good_key(String content) throws IOException {
        KeySource source = KeySource.inFile(file);
        Files.writeString(file, content);
        source.refresh();
        assertKept("first-secret", source);
    }

    @Test
    void a_file_that_is_gone_keeps_the_last_good_key() throws IOException {
        KeySource source = KeySource.inFile(file);
        Files.delete(file);
        source.refresh();
        assertKept("first-secret", source);
    }

    @Test
    void what_cannot_be_read_as_text_keeps_the_last_good_key() throws IOException {
        KeySource source = KeySource.inFile(file);
        Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});
        source.refresh();
        assertKept("first-secret", source);
        Files.delete(file);
        Files.createDirectory(file);
        source.refresh();
        assertKept("first-secret", source);
    }

    @Test
    void a_file_of_any_size_keeps_the_last_good_key() throws IOException {
        KeySource source = KeySource.inFile(file);
        Files.write(file, "k".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        source.refresh();
        assertKept("first-secret", source);
    }

    @Test
    void a_mended_file_ends_the_complaint() throws IOException {
        KeySource source = KeySource.inFile(file);
        Files.writeString(file, "");
        source.refresh();
        Files.writeString(file, "second-secret");
        source.refresh();
        assertKey("second-secret", source);
    }

    @Test
    void without_a_sound_key_from_the_start_there_is_none_until_there_is_one() throws IOException {
        Path late = folder.resolve("late");
        KeySource source = KeySource.inFile(late);
        assertEquals(Optional.empty(), source.current());
        assertTrue(source.complaint().orElseThrow().contains(late.toString()));
        Files.writeString(late, "first-secret");
        source.refresh();
        assertKey("first-secret", source);
    }

    @Test
    void the_same_key_written_again_is_the_same_key() throws IOException {
        KeySource source = KeySource.inFile(file);
        ApiKey before = source.current().orElseThrow();
        Files.writeString(file, "first-secret\n");
        source.refresh();
        assertTrue(before == source.current().orElseThrow(), "a new one would make a new client");
    }

    @Test
    void a_key_is_spoken_of_by_its_fingerprint_alone() {
        ApiKey key = ApiKey.of("first-secret");
        assertFalse(key.toString().contains("first-secret"));
        assertTrue(key.toString().contains(key.fingerprint()));
        assertTrue(key.fingerprint().matches("[0-9a-f]{8}"), key.fingerprint());
        assertEquals(key, ApiKey.of("first-secret"));
        assertFalse(key.fingerprint().equals(ApiKey.of("second-secret").fingerprint()));
    }

    private static void assertKey(String expected, KeySource source) {
        assertEquals(expected, source.current().orElseThrow().value());
        assertEquals(Optional.empty(), source.complaint());
    }

    private static void assertKept(String expected, KeySource source) {
        assertEquals(expected, source.current().orElseThrow().value());
        String complaint = source.complaint().orElseThrow();
        assertTrue(complaint.contains("key"), complaint);
        assertFalse(complaint.contains("secret") || complaint.contains("kkk"), "a key is never printed");
    }
}
