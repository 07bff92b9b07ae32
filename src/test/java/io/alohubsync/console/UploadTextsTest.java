package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.operate.upload.Upload;
import io.alohubsync.spreadsheet.read.FileFault;
import java.util.List;
import java.util.stream.Stream;
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
}
