package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequiredTest {

    @Test
    void a_test_whose_prerequisite_is_missing_is_skipped_on_a_developers_machine_and_fails_in_ci() {
        assertDoesNotThrow(() -> Required.check("npm", true, true));
        assertThrows(TestAbortedException.class, () -> Required.check("npm", false, false));
        AssertionFailedError failed =
                assertThrows(AssertionFailedError.class, () -> Required.check("npm", false, true));
        assertTrue(failed.getMessage().contains("npm is missing"), failed.getMessage());
    }

    /** Those two may be skipped in CI too; {@code .ci/run} names them with the reason. */
    @Test
    void no_other_test_skips_itself() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<String> skipping = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(RequiredTest::skipsItself)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
            assertEquals(List.of("ImageIT.java", "PreviousVersionIT.java", "Required.java"), skipping);
        }
    }

    private static boolean skipsItself(Path file) {
        try {
            String source = Files.readString(file);
            return Stream.of(
                                    "assume" + "True(",
                                    "assume" + "False(",
                                    "assuming" + "That(",
                                    "@Enabled" + "If",
                                    "@Disabled")
                            .anyMatch(source::contains)
                    && !file.endsWith("RequiredTest.java");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
