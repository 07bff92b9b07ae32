package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.intake.Intake.Result;
import io.alohubsync.intake.write.OutboxEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEAD = "{\"phone\": \"0868793800\"}\n";

    /** What becomes of each window; a window without one is committed. */
    private final Deque<Refusal> refusals = new ArrayDeque<>();

    private final List<Integer> windows = new ArrayList<>();
    private int known; // lines at the begin of a window that is refused

    private Batch batch(String body) {
        Deque<byte[]> pieces = new ArrayDeque<>(List.of(body.getBytes(StandardCharsets.UTF_8)));
        Source source = new Source("form", "default", null);
        return new Batch(
                new Batch.Terms(source, null, null, false),
                Lines.of(pieces),
                this::write,
                new Leads(SourcesTest.settings(Map.of())),
                JSON);
    }

    private List<Result> write(List<OutboxEntry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        windows.add(entries.size());
        Refusal refusal = refusals.isEmpty() ? null : refusals.pop();
        return IntStream.range(0, entries.size())
                .mapToObj(i -> refusal == null || refusal == Refusal.FAULT || i < known // FAULT means none here
                        ? Result.row(1)
                        : Result.refused(Refused.later(refusal, 3)))
                .toList();
    }

    private static List<JsonNode> answer(Batch batch) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        batch.writeTo(answer);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.toString(StandardCharsets.UTF_8).split("\n")) {
            lines.add(JSON.readTree(line));
            assertEquals(lines.size(), lines.getLast().path("line").asInt());
        }
        return lines;
    }

    /** How many lines have which code. */
    private static Map<String, Integer> codes(List<JsonNode> answer) {
        Map<String, Integer> codes = new TreeMap<>();
        answer.forEach(line -> codes.merge(line.path("error_code").asText(), 1, Integer::sum));
        return codes;
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UNAVAILABLE", "KEY_IN_USE"})
    void a_batch_of_which_nothing_could_be_written_is_put_off_as_a_whole(Refusal refusal) {
        refusals.add(refusal);
        Refused refused =
                assertThrows(Refused.class, () -> batch(LEAD.repeat(3)).begin());
        assertEquals(refusal, refused.refusal());
        assertEquals(3, refused.retryAfterSeconds());
    }

    @Test
    void wrong_lines_before_the_first_lead_change_nothing_about_that() {
        refusals.add(Refusal.BUSY);
        assertThrows(
                Refused.class, () -> batch("nonsense\n".repeat(1_100) + LEAD).begin());
    }

    @Test
    void a_batch_of_wrong_lines_alone_has_a_result_for_each() throws IOException {
        Batch batch = batch("nonsense\n".repeat(1_100));
        batch.begin();
        assertEquals(Map.of("INVALID_JSON", 1_100), codes(answer(batch)));
    }

    /** A later line of the same customer would be older than one that is sent again. */
    @Test
    void once_something_is_written_each_line_says_what_became_of_it() throws IOException {
        refusals.addAll(List.of(Refusal.FAULT, Refusal.BUSY));
        Batch batch = batch(LEAD.repeat(1_200));
        batch.begin();
        List<JsonNode> answer = answer(batch);
        assertEquals(Map.of("SUCCESS", 500, "BUSY", 700), codes(answer));
        assertEquals(
                "503 3",
                answer.get(500).path("status").asText() + " "
                        + answer.get(500).path("retry_after").asText());
        assertEquals(List.of(500, 500), windows);
    }

    /** The first request with the key stands still in its transaction, and is rolled back later. */
    @Test
    void behind_a_window_whose_key_is_in_use_no_line_is_written() throws IOException {
        refusals.addAll(List.of(Refusal.FAULT, Refusal.KEY_IN_USE));
        Batch batch = batch(LEAD.repeat(1_200));
        batch.begin();
        assertEquals(Map.of("SUCCESS", 500, "IDEMPOTENCY_KEY_IN_USE", 700), codes(answer(batch)));
        assertEquals(List.of(500, 500), windows);
    }

    /** Lines that an earlier request has written are known by their keys. */
    @Test
    void a_window_of_which_a_part_is_known_is_put_off_too() throws IOException {
        known = 100;
        refusals.addAll(List.of(Refusal.FAULT, Refusal.KEY_IN_USE));
        Batch batch = batch(LEAD.repeat(1_200));
        batch.begin();
        assertEquals(Map.of("SUCCESS", 600, "IDEMPOTENCY_KEY_IN_USE", 600), codes(answer(batch)));
        assertEquals(List.of(500, 500), windows);
    }

    @Test
    void from_the_line_on_at_which_the_database_went_away_none_is_tried() throws IOException {
        refusals.addAll(List.of(Refusal.FAULT, Refusal.UNAVAILABLE));
        Batch batch = batch(LEAD.repeat(700) + "nonsense\n".repeat(1_100) + LEAD.repeat(300));
        batch.begin();
        assertEquals(Map.of("SUCCESS", 500, "UNAVAILABLE", 500, "INVALID_JSON", 1_100), codes(answer(batch)));
        assertEquals(2, windows.size());
    }

    @Test
    void too_many_lines_are_named_in_vietnamese_too() {
        Refused refused = assertThrows(Refused.class, () -> batch("x\n".repeat(Lines.MOST + 1)));
        assertEquals(
                "Nội dung yêu cầu lớn hơn 10000 dòng.", refused.problem(true).detail());
    }

    @Test
    void a_window_is_bounded_in_its_bytes_too() throws IOException {
        String long30 = "{\"phone\": \"0868793800\", \"name\": \"" + "x".repeat(30 << 10) + "\"}\n";
        Batch batch = batch(long30.repeat(100));
        batch.begin();
        answer(batch);
        assertTrue(windows.stream().allMatch(lines -> lines <= 9), windows::toString);
    }

    @Test
    void a_line_that_is_too_long_affects_no_other() throws IOException {
        Batch batch = batch(LEAD + "x".repeat(100_000) + "\n" + LEAD);
        batch.begin();
        assertEquals(Map.of("SUCCESS", 2, "PAYLOAD_TOO_LARGE", 1), codes(answer(batch)));
    }
}
