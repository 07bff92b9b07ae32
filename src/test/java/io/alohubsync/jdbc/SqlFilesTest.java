package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The statements and the program fit together: found by reading both. */
class SqlFilesTest {

    private static final Pattern NAMED = Pattern.compile("Sql\\.named\\(\\s*\"([^\"]+)\"\\s*\\)");
    private static final Pattern SET =
            Pattern.compile("\\.(?:set|texts|longs|ints|shorts|booleans|doubles)\\(\\s*\"([^\"]+)\"");

    // HQL, in small letters, is about entities and stays beside them.
    private static final String VERB = "(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\\b";
    private static final Pattern SQL_OF_MANY_LINES =
            Pattern.compile("\"\"\"\\s*" + VERB + "|\"" + VERB + "[^\"\\n]*\"\\s*\\n\\s*\\+\\s*\"");

    private static final Pattern SQL =
            Pattern.compile("\"(?:; )?(?:SET|RESET|LISTEN|CALL|SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\\b");

    private static final Path DECISION = Path.of("docs/adr/0030-statements-and-schema-in-files.md");
    private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| (`.*?) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(match -> pattern.matcher(match).replaceFirst("$1"))
                .toList();
    }

    @Test
    void every_file_is_named_exactly_once_and_every_name_has_its_file() {
        List<String> named = new ArrayList<>();
        for (Path source : SqlFiles.sources()) {
            named.addAll(found(NAMED, SqlFiles.read(source)));
        }
        assertFalse(named.isEmpty());
        assertEquals(SqlFiles.names(), named.stream().sorted().toList());
    }

    @Test
    void a_class_gives_all_parameters_of_its_statements_a_value_and_no_others() {
        for (Path source : SqlFiles.sources()) {
            String text = SqlFiles.read(source);
            Set<String> parameters = new TreeSet<>();
            found(NAMED, text).forEach(name -> parameters.addAll(Sql.named(name).parameters()));
            if (!parameters.isEmpty()) {
                assertEquals(parameters, new TreeSet<>(found(SET, text)), source.toString());
            }
        }
    }

    @Test
    void every_file_says_first_what_it_does() {
        for (String name : SqlFiles.names()) {
            assertTrue(SqlFiles.text(name).startsWith("-- "), name);
        }
    }

    @Test
    void no_sql_of_more_than_one_line_stands_in_java() {
        for (Path source : SqlFiles.sources()) {
            assertEquals(
                    List.of(),
                    SQL_OF_MANY_LINES
                            .matcher(SqlFiles.read(source))
                            .results()
                            .map(MatchResult::group)
                            .toList(),
                    source + ": move it to src/main/resources/sql");
        }
    }

    @Test
    void sql_stands_in_java_only_in_the_classes_that_the_decision_lists() {
        Set<String> listed = new TreeSet<>();
        for (String column : found(FIRST_COLUMN, SqlFiles.read(DECISION))) {
            listed.addAll(found(NAME, column));
        }
        Set<String> having = new TreeSet<>();
        for (Path source : SqlFiles.sources()) {
            if (SQL.matcher(SqlFiles.read(source)).find()) {
                having.add(source.getFileName().toString().replace(".java", ""));
            }
        }
        assertEquals(listed, having);
    }
}
