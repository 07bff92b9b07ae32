package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.operate.upload.Upload;
import io.alohubsync.spreadsheet.read.FileFault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "/import, 268435456",
        "/api/v1/imports, 268435456",
        "/api/v1/imports/x/confirm, 65536",
        "/import/, 65536",
        "//import, 65536",
        "/import/x/confirm, 65536",
        "/login, 65536",
        "/api/v1/customers, 65536",
        "/api/crm/leads, 8388608",
        "/api/intake/shop, 8388608"
    })
    void only_an_upload_and_the_intake_may_be_larger_than_a_form(String path, long bytes) {
        assertEquals(bytes, BodyLimits.of(path));
    }
}
