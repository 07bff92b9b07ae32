package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.ReloadedFile;
import io.alohubsync.config.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void the_name_ends_at_the_first_colon() {
        Token token = Token.of(" landing-page : a:b:c ");
        assertNotNull(token);
        assertEquals("landing-page", token.source());
        assertTrue(token.is(Sha256.of("a:b:c")));
        assertFalse(token.is(Sha256.of("a:b:d")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token", ":token", "form:", "form: ", "fo rm:x", "form:a b", "form:café", "-x:y"})
    void what_is_not_name_and_token_is_none(String text) {
        assertNull(Token.of(text));
    }

    @Test
    void a_file_may_have_comments_and_blank_lines() {
        List<Token> tokens = Token.ofLines(List.of("# forms", "", "form:one", "  ", "form:two"));
        assertNotNull(tokens);
        assertEquals(2, tokens.size());
        assertNull(Token.ofLines(List.of("form:one", "nonsense")));
    }

    @Test
    void a_changed_file_counts_a_second_later(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("tokens"), "form:one\n");
        ReloadedFile<List<Token>> file = file(path);
        Files.writeString(path, "form:one\nbot:two\n");
        assertEquals(1, file.content().size());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(2, file.content().size());
        assertNull(file.complaint());
    }

    /** Also beside a mistyped line, and as the last one: a revocation is not undone by a typing error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'' |",
                "# none |",
                "nonsense |",
                "form:one, nonsense | one",
                "nonsense, form:one | one",
                "form:one, bot three | one",
                "form:one, bot:three, nonsense | one",
                "form:one, shop:one | one",
                "bot:one, nonsense |"
            })
    void of_an_unsound_file_what_is_taken_out_is_out_and_nothing_is_new(
            String lines, String valid, @TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("tokens"), "form:one\nbot:two");
        ReloadedFile<List<Token>> file = file(path);
        Files.writeString(path, lines.replace("'", "").replace(", ", "\n"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(valid == null ? "" : valid, valid(file));
        assertNotNull(file.complaint());
        Files.delete(path);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(valid == null ? "" : valid, valid(file), "unreadable: what was there last");
    }

    @Test
    void an_unreadable_file_keeps_the_last_good_tokens(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("tokens"), "form:one\nbot:two");
        ReloadedFile<List<Token>> file = file(path);
        Files.delete(path);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals("one two", valid(file));
        assertNotNull(file.complaint());
    }

    private ReloadedFile<List<Token>> file(Path path) {
        return new ReloadedFile<>(
                path, List.of(), text -> Token.ofFile(text, source -> null), Token::remaining, nanos::get);
    }

    private static String valid(ReloadedFile<List<Token>> file) {
        return Stream.of("one", "two", "three")
                .filter(secret -> file.content().stream().anyMatch(token -> token.is(Sha256.of(secret))))
                .collect(Collectors.joining(" "));
    }

    @Test
    void a_file_that_can_be_read_again_is_complained_about_no_more(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("tokens"), "form:one");
        ReloadedFile<List<Token>> file = file(path);
        Files.delete(path);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        file.content();
        assertNotNull(file.complaint());
        Files.writeString(path, "form:one");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        file.content();
        assertNull(file.complaint());
        Files.writeString(path, "form:one\nshop:one");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(1, file.content().size(), "one token of two sources");
        assertNotNull(file.complaint());
    }

    @Test
    void a_source_may_use_up_its_window_at_once_and_is_even_afterwards() {
        TokenBucket bucket = new TokenBucket(io.alohubsync.config.Rate.of("3/6s", 1), nanos::get);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, bucket.take());
        }
        assertEquals(2, bucket.take());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(1, bucket.take());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(0, bucket.take());
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertEquals(0, bucket.take());
    }
}
