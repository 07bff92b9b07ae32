package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.TripCause;
import io.alohubsync.operate.overview.AccountFigures;
import io.alohubsync.operate.overview.AccountFigures.Backlog;
import io.alohubsync.operate.overview.AccountFigures.State;
import io.alohubsync.operate.overview.AccountFigures.Today;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sentence agrees with the figures below it. */
class SentenceTest {

    private static Sentence sentence(Words words, long waiting, @Nullable Long oldest, long dead, long held) {
        return sentence(words, "ACTIVE", waiting, oldest, dead, held);
    }

    private static Sentence sentence(
            Words words, String account, long waiting, @Nullable Long oldest, long dead, long held) {
        Frame frame = new Frame(words, null, "", "/", ZoneId.of("Asia/Ho_Chi_Minh"), Instant.EPOCH, null);
        State state = new State(
                account,
                Instant.EPOCH,
                null,
                null,
                null,
                "SELECT alohub.resume()",
                "SELECT alohub.resume()",
                null,
                Instant.EPOCH);
        Backlog backlog = new Backlog(waiting, oldest, 0, dead, held, 1962, 1, 0, 5L, null);
        Today today = new Today(0, 0, 0, false, null, null);
        return Sentence.of(new AccountFigures("default", state, backlog, today, List.of(), List.of()), frame);
    }

    @Test
    void every_customer_is_delivered_only_where_none_is_dead_or_held() {
        for (Words words : List.of(Words.VIETNAMESE, Words.ENGLISH)) {
            Sentence all = sentence(words, 0, null, 0, 0);
            assertEquals("good", all.tone());
            Sentence dead = sentence(words, 0, null, 39, 2);
            assertEquals("warn", dead.tone());
            assertFalse(dead.text().contains(all.text()), dead.text());
            assertTrue(dead.text().contains("39") && dead.text().contains("2"), dead.text());
            assertNotNull(dead.needs());
            Sentence held = sentence(words, 0, null, 0, 2);
            assertEquals("good", held.tone());
            assertFalse(held.text().contains(all.text()), held.text());
        }
    }

    /** The page has a button for it. */
    @Test
    void nobody_is_asked_to_write_sql_to_let_a_paused_account_go_on() {
        for (Words words : List.of(Words.VIETNAMESE, Words.ENGLISH)) {
            String needs =
                    String.valueOf(sentence(words, "PAUSED", 1, null, 0, 0).needs());
            assertFalse(needs.contains("SELECT"), needs);
        }
    }

    /** Whatever stopped the account: the contract of SQL may name its functions, a page names pages. */
    @Test
    void a_remedy_on_a_page_or_in_a_mail_holds_no_sql() throws IOException {
        Pattern sql = Pattern.compile("SELECT |alohub\\.(resume|pause|retry|hold|release|resync)\\b");
        for (Words words : List.of(Words.VIETNAMESE, Words.ENGLISH)) {
            Frame frame = new Frame(words, null, "", "/", ZoneId.of("Asia/Ho_Chi_Minh"), Instant.EPOCH, null);
            for (TripCause cause : TripCause.values()) {
                String vietnamese = cause == TripCause.REFUSALS ? "chạy SELECT alohub.resume('default')" : "sửa";
                String needs = frame.needs(cause.state().name(), cause.needs(), vietnamese);
                assertFalse(sql.matcher(needs).find() || needs.isEmpty(), needs);
            }
            String paused = frame.needs("PAUSED", "SELECT alohub.resume('default')", "Chạy SELECT …");
            assertFalse(sql.matcher(paused).find() || paused.isEmpty(), paused);
        }
        for (String bundle : List.of("console", "notify")) {
            for (String language : List.of("vi", "en")) {
                String texts = Files.readString(
                        Path.of("src/main/resources/" + bundle + "/messages_" + language + ".properties"));
                assertFalse(sql.matcher(texts).find(), bundle + " " + language);
            }
        }
    }

    @Test
    void a_single_customer_is_no_plural() {
        for (Long oldest : new Long[] {null, 500L}) {
            String text = sentence(Words.ENGLISH, 1, oldest, 0, 0).text();
            assertFalse(text.contains("1 customers"), text);
        }
    }
}
