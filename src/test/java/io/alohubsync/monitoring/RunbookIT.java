package io.alohubsync.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the runbook asks the database is a statement that the database understands. */
class RunbookIT {

    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_statements_of_the_pages_run() throws IOException {
        TestDatabase database = TestDatabase.migrated();
        List<String> statements = statements();
        assertTrue(statements.size() >= 5, statements::toString);
        statements.forEach(database::execute);
    }

    private static List<String> statements() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("docs/runbook"))) {
            return pages.map(RunbookIT::text)
                    .flatMap(text -> BLOCK.matcher(text).results().map(found -> found.group(1)))
                    .toList();
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
