package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.operate.upload.Upload;
import io.alohubsync.operate.upload.UploadFigures;
import io.alohubsync.operate.upload.UploadTerms;
import io.alohubsync.spreadsheet.read.FileFault;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UploadTextsTest {

    @Test
    void each_fault_and_each_state_has_its_text_in_both_languages() {
        List<String> keys = Stream.of(
                        Stream.of(FileFault.Kind.values()).map(kind -> "import.fault." + kind),
                        Stream.of("TOO_MANY_LINES", "DISK", "PROGRAM", "EXPIRED")
                                .map(kind -> "import.fault." + kind),
                        Stream.of(Upload.State.values()).map(state -> "import.state." + state))
                .flatMap(all -> all)
                .toList();
        for (String key : keys) {
            assertTrue(Words.ENGLISH.has(key) && Words.VIETNAMESE.has(key), key);
        }
    }

    @Test
    void a_preview_names_the_sheet_that_is_read_and_the_others() {
        UploadView workbook = view(Words.ENGLISH, "XLSX", "Khách", List.of("Bìa", "2025"));
        assertEquals("XLSX, sheet Khách", workbook.form());
        assertEquals("Bìa, 2025", workbook.otherSheets());
        assertEquals(
                "XLSX, trang tính Khách",
                view(Words.VIETNAMESE, "XLSX", "Khách", List.of()).form());
        UploadView text = view(Words.ENGLISH, "UTF-8", null, List.of());
        assertEquals("UTF-8", text.form());
        assertEquals("", text.otherSheets());
    }

    @Test
    void an_upload_without_a_usable_line_asks_for_no_confirmation_and_one_that_wrote_nothing_promises_nothing() {
        for (Words words : List.of(Words.ENGLISH, Words.VIETNAMESE)) {
            UploadView some = view(words, "UTF-8", null, List.of(), 1);
            UploadView none = view(words, "UTF-8", null, List.of(), 0);
            assertEquals(words.text("import.state.PREVIEWED", List.of()), some.state());
            assertNotEquals(some.state(), none.state());
            assertEquals(words.text("import.written-none", List.of()), none.written());
        }
    }

    private static UploadView view(Words words, String encoding, @Nullable String sheet, List<String> others) {
        return view(words, encoding, sheet, others, 1);
    }

    private static UploadView view(
            Words words, String encoding, @Nullable String sheet, List<String> others, long usable) {
        Frame frame = new Frame(words, null, "", "/", ZoneId.of("UTC"), Instant.EPOCH, null);
        UploadFigures.Before before = new UploadFigures.Before(0, 0, false);
        UploadFigures figures = new UploadFigures(
                encoding, sheet, others, List.of(), List.of(), 0, 1, usable, 0, 0, 0, 0, 1, null, before, List.of(),
                List.of());
        UploadTerms terms = UploadTerms.of("default", null, null, Map.of());
        Upload upload = new Upload(
                "1",
                Upload.State.PREVIEWED,
                "an",
                "a.xlsx",
                terms,
                1,
                figures,
                1,
                null,
                null,
                0,
                0,
                false,
                Instant.EPOCH,
                null);
        return new UploadView(upload, frame);
    }
}
