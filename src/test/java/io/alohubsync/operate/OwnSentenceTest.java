package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OwnSentenceTest {

    /** Classes that make the words of an outcome, of an account's reason or of a hold. */
    private static final Pattern MAKES_WORDS =
            Pattern.compile("new Outcome\\.|\\.giveUp\\(\"|Reason\\.of\\(|\\.error\\([A-Z]|\"phone corrected");

    /** Words for the log, for callers, and what an account needs: the view has that in Vietnamese. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(LOG\\.\\w+|\\blog|throw new \\w+|Pattern\\.compile)\\([^;]*;|PAUSE_NEEDS = [^;]*;");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern OF_SQL = Pattern.compile("'([^'\\n]*)'");

    @Test
    void each_sentence_that_the_daemon_stores_has_its_vietnamese_one() throws IOException {
        List<String> missing = new ArrayList<>();
        List<String> sentences = sentences();
        for (String sentence : sentences) {
            boolean isKnown = Stream.of(OwnSentence.values())
                    .anyMatch(one -> one.english().contains(sentence));
            if (!isKnown) {
                missing.add(sentence);
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(sentences.size() > 40, sentences::toString);
    }

    private static List<String> sentences() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (Path file : files(Path.of("src/main/java/io/alohubsync"))) {
            String code = Files.readString(file);
            if (MAKES_WORDS.matcher(code).find()
                    && !file.getFileName().toString().startsWith("OwnSentence")) {
                String said =
                        ELSEWHERE.matcher(withoutComments(code)).replaceAll("").replaceAll("\"\\s*\\+\\s*\"", "");
                LITERAL.matcher(said).results().map(one -> one.group(1)).forEach(found::add);
            }
        }
        for (Path file : files(Path.of("src/main/resources/sql"))) {
            String sql = Files.readString(file).replaceAll("--.*", "");
            OF_SQL.matcher(sql).results().map(one -> one.group(1)).forEach(found::add);
        }
        Files.readString(Path.of("src/main/resources/db/migration/R__6_operator_functions.sql"))
                .lines()
                .filter(line -> line.contains("state_reason = ") || line.contains("coalesce(hold.reason"))
                .forEach(line -> OF_SQL.matcher(line.replaceFirst("state_needs.*", ""))
                        .results()
                        .map(one -> one.group(1))
                        .filter(one -> one.matches("[a-z].*"))
                        .forEach(found::add));
        return found.stream()
                .filter(one -> one.equals("resumed") || isSentence(one))
                .toList();
    }

    private static String withoutComments(String code) {
        return code.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    }

    /** Three words of letters, the first of them an ordinary one. */
    private static boolean isSentence(String literal) {
        return literal.strip().matches("(?s)(?=.*[a-z]).*[A-Za-z']+ [a-z]+ [A-Za-z]+.*") && !literal.contains("%");
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sentence_is_found_with_its_values(OwnSentence sentence) {
        String english =
                sentence.english().replace("{0}", "v0").replace("{1}", "v1").replace("{2}", "v2");
        String vietnamese =
                sentence.vietnamese().replace("{0}", "v0").replace("{1}", "v1").replace("{2}", "v2");
        assertEquals(vietnamese, OwnSentence.inVietnamese(english));
        assertEquals(places(sentence.english()), places(sentence.vietnamese()));
    }

    private static TreeSet<String> places(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(one -> one.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void words_of_several_answers_are_translated_one_by_one() {
        assertEquals(
                "HTTP 422: Sai tên | câu trả lời bị ngắt giữa chừng",
                OwnSentence.inVietnamese("HTTP 422: Sai tên | the answer broke off"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            No connection to Alohub: the host's name can't be resolved | Không kết nối được đến Alohub: không phân giải được tên máy chủ
            a web page came instead of Alohub's answer: HTTP 200: Bảo trì | nhận được một trang web thay cho câu trả lời của Alohub: HTTP 200: Bảo trì
            HTTP 422 FAIL: the answer broke off | HTTP 422 FAIL: the answer broke off
            the proxy does not connect to Alohub (HTTP 407) | proxy không kết nối đến Alohub (HTTP 407)
            phone corrected to ***801 by lan: asked by phone | lan đã sửa số điện thoại thành ***801: asked by phone
            khách yêu cầu | khách yêu cầu
            """)
    void sentences_are_translated_and_words_of_the_crm_and_of_people_stay_as_they_are(
            String english, String vietnamese) {
        assertEquals(vietnamese, OwnSentence.inVietnamese(english));
    }
}
