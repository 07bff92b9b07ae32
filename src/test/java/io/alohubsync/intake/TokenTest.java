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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        ReloadedFile<List<Token>> file = new ReloadedFile<>(path, List.of(), Token::ofFile, nanos::get);
        Files.writeString(path, "form:one\nbot:two\n");
        assertEquals(1, file.content().size());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(2, file.content().size());
        assertNull(file.complaint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# none\n", "nonsense", "form:one\nnonsense"})
    void while_the_file_is_unsound_the_last_good_tokens_stay(String text, @TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("tokens"), "form:one");
        ReloadedFile<List<Token>> file = new ReloadedFile<>(path, List.of(), Token::ofFile, nanos::get);
        Files.writeString(path, text);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(1, file.content().size());
        assertNotNull(file.complaint());
        Files.delete(path);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(1, file.content().size());
    }

    @Test
    void a_file_that_can_be_read_again_is_complained_about_no_more(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("tokens"), "form:one");
        ReloadedFile<List<Token>> file = new ReloadedFile<>(path, List.of(), Token::ofFile, nanos::get);
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
