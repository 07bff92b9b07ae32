package io.alohubsync.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who operates alohub-sync need not write SQL: a page that names an operator function names the
 * console's button before it, as the console has it.
 */
class ButtonsFirstTest {

    private static final Pattern FUNCTION = Pattern.compile("SELECT alohub\\.(retry|hold|release|pause|resume)\\(");

    @ParameterizedTest
    @CsvSource({"en, docs", "vi, docs/vi"})
    void a_page_for_operations_names_the_button_before_the_function(String language, Path home) throws IOException {
        Properties labels = new Properties();
        try (Reader file =
                Files.newBufferedReader(Path.of("src/main/resources/console/messages_" + language + ".properties"))) {
            labels.load(file);
        }
        List<String> problems = new ArrayList<>();
        for (Path page : pages(home)) {
            String text = Files.readString(page);
            Matcher function = FUNCTION.matcher(text);
            while (function.find()) {
                String before = text.substring(text.lastIndexOf("\n## ", function.start()), function.start());
                boolean isCode = before.split("```", -1).length % 2 == 0;
                if (!isCode
                        && buttons(function.group(1), labels).noneMatch(label -> before.contains("*" + label + "*"))) {
                    problems.add(page + ": " + function.group());
                }
            }
        }
        assertEquals(List.of(), problems);
    }

    private static Stream<String> buttons(String function, Properties labels) {
        Stream<String> keys = function.equals("resume") ? Stream.of("resume", "resume-now") : Stream.of(function);
        return keys.map(key -> labels.getProperty("act." + key));
    }

    private static List<Path> pages(Path home) throws IOException {
        try (Stream<Path> runbook = Files.list(home.resolve("runbook"))) {
            return Stream.concat(Stream.of(home.resolve("operations.md")), runbook)
                    .toList();
        }
    }
}
