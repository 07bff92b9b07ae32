package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {

    private static Sql sql(String text) {
        return Sql.of("/sql/a/b.sql", text);
    }

    @Test
    void a_parameter_becomes_a_question_mark() {
        Sql sql = sql("SELECT id FROM t WHERE a = :account AND b < :low_2\n");
        assertEquals("SELECT id FROM t WHERE a = ? AND b < ?", sql.text());
        assertEquals(List.of("account", "low_2"), sql.parameters());
    }

    @Test
    void a_parameter_that_occurs_again_has_all_its_places() {
        Sql sql = sql("VALUES (:a, :b, :a, :ab, :a)");
        assertEquals(List.of("a", "b", "ab"), sql.parameters());
        assertArrayEquals(new int[] {1, 3, 5}, sql.positions(sql.index("a")));
        assertArrayEquals(new int[] {2}, sql.positions(sql.index("b")));
        assertArrayEquals(new int[] {4}, sql.positions(sql.index("ab")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        SELECT :id::bigint, x::text[]        ; SELECT ?::bigint, x::text[]
        SELECT (a || :b)[1:10]               ; SELECT (a || ?)[1:10]
        SELECT make_interval(secs => :pause) ; SELECT make_interval(secs => ?)
        """)
    void casts_and_slices_are_no_parameters(String named, String text) {
        assertEquals(text, sql(named).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ':a' || 'it''s :a'",
                "SELECT 'a backslash \\' || ' :a'",
                "SELECT E'it\\'s :a'",
                "SELECT e'it''s :a'",
                "SELECT \":a\"",
                "SELECT 1 -- :a or 'b\n",
                "SELECT /* :a /* ' :a */ :a */ 1",
                "SELECT $$ :a ' $$",
                "SELECT $body$ :a $$ :a $other$ $body$",
                "SELECT 'a question?' -- is it?",
            })
    void strings_names_and_comments_stay_as_they_are(String text) {
        Sql sql = sql(text);
        assertEquals(text.strip(), sql.text());
        assertEquals(List.of(), sql.parameters());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a' || :p",
                "SELECT E'a\\\\' || :p",
                "SELECT 'a\\' || :p",
                "SELECT typE 'a' || :p",
                "SELECT \"a\" || :p",
                "SELECT 1 -- a\n, :p",
                "SELECT /* a */ :p",
                "SELECT $$ a $$ || :p",
                "SELECT a$b, :p, a$b",
            })
    void what_follows_them_is_read_on(String text) {
        assertEquals(List.of("p"), sql(text).parameters());
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT ?, has a ?",
        "SELECT 'a, string without an end",
        "SELECT \"a, quoted name without an end",
        "SELECT /* /* */ a, comment without an end",
        "SELECT $x$ a $$, dollar-quoted string without an end",
    })
    void a_file_that_cannot_be_parsed_is_named(String text, String fault) {
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> sql(text.replace("\"\"", "\"")));
        assertTrue(failure.getMessage().startsWith("/sql/a/b.sql "), failure.getMessage());
        assertTrue(failure.getMessage().contains(fault), failure.getMessage());
    }

    @Test
    void a_missing_file_is_named() {
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> Sql.named("delivery/clam"));
        assertEquals("/sql/delivery/clam.sql is missing", failure.getMessage());
    }

    @Test
    void a_misspelt_parameter_is_named_with_its_file_and_the_statement_closed() throws SQLException {
        Calls calls = new Calls();
        Binding binding = sql("SELECT :account, :limit").on(calls.connection());
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> binding.set("acount", "default"));
        assertEquals("/sql/a/b.sql has no parameter :acount, but [account, limit]", failure.getMessage());
        assertEquals("close[]", calls.ofStatement.getLast());
    }

    @Test
    void a_parameter_without_a_value_is_named_with_its_file_and_the_statement_closed() throws SQLException {
        Calls calls = new Calls();
        Binding binding =
                sql("SELECT :account, :limit, :key").on(calls.connection()).set("limit", 1);
        IllegalStateException failure = assertThrows(IllegalStateException.class, binding::update);
        assertEquals("/sql/a/b.sql has parameters without a value: [account, key]", failure.getMessage());
        assertEquals("close[]", calls.ofStatement.getLast());
    }

    @Test
    void a_value_goes_to_all_places_of_its_parameter() throws SQLException {
        Calls calls = new Calls();
        sql("UPDATE t SET a = :a, b = :b WHERE a <> :a")
                .on(calls.connection())
                .set("a", 7L)
                .set("b", "x")
                .update();
        assertEquals(
                List.of("setLong[1, 7]", "setLong[3, 7]", "setString[2, x]", "executeUpdate[]", "close[]"),
                calls.ofStatement);
    }

    @Test
    void the_text_is_the_same_object_each_time() throws SQLException {
        Calls calls = new Calls();
        Sql sql = sql("DELETE FROM t");
        sql.on(calls.connection()).update();
        sql.on(calls.connection()).update();
        assertSame(calls.prepared.get(0), calls.prepared.get(1));
    }

    @Test
    void sixty_four_parameters_are_all_noted_and_one_more_is_refused() throws SQLException {
        Binding binding = sql(parameters(64)).on(new Calls().connection());
        for (int i = 0; i < 63; i++) {
            binding.set("p" + i, i);
        }
        binding.set("p63", 63).update();
        assertThrows(IllegalStateException.class, () -> sql(parameters(65)));
    }

    private static String parameters(int count) {
        return IntStream.range(0, count).mapToObj(i -> ":p" + i).collect(Collectors.joining(", ", "VALUES (", ")"));
    }

    /** Notes what is called on a connection's statements. */
    private static final class Calls {
        private final List<String> prepared = new ArrayList<>();
        private final List<String> ofStatement = new ArrayList<>();

        Connection connection() {
            return proxy(Connection.class, (method, arguments) -> {
                prepared.add((String) arguments[0]);
                return statement();
            });
        }

        private PreparedStatement statement() {
            return proxy(PreparedStatement.class, (method, arguments) -> {
                ofStatement.add(method + (arguments == null ? List.of() : List.of(arguments)));
                return method.equals("executeUpdate") ? 0 : null;
            });
        }

        private interface Answer {
            Object to(String method, Object[] arguments);
        }

        private static <T> T proxy(Class<T> type, Answer answer) {
            return type.cast(Proxy.newProxyInstance(
                    SqlTest.class.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
        }
    }
}
