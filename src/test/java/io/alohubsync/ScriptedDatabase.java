package io.alohubsync;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A data source that answers as a test says, for plain tests of what a class does between its
 * statements. What a statement means is for the tests with the real database.
 */
public final class ScriptedDatabase {

    /** Answers one statement. */
    @FunctionalInterface
    public interface Script {
        /**
         * @param values of the parameters by their places, an array as a list
         * @return the rows: values by column, in the order of the columns. A column that a row
         *         lacks is null.
         */
        List<SequencedMap<String, Object>> rows(String sql, List<Object> values) throws SQLException;
    }

    private final Script script;
    private final IntUnaryOperator notifications;
    private final List<String> statements = new CopyOnWriteArrayList<>();

    public ScriptedDatabase(Script script) {
        this(script, millis -> 0);
    }

    /** @param notifications how many arrive within so many milliseconds of a wait for them */
    public ScriptedDatabase(Script script, IntUnaryOperator notifications) {
        this.script = script;
        this.notifications = notifications;
    }

    /** Those that ran so far. */
    public List<String> statements() {
        return statements;
    }

    public DataSource dataSource() {
        return proxy(DataSource.class, (source, method, arguments) -> connection());
    }

    private Connection connection() {
        return proxy(Connection.class, (connection, method, arguments) -> switch (method.getName()) {
            case "prepareStatement" -> statement((String) arguments[0]);
            case "createStatement" -> statement();
            case "unwrap" ->
                proxy(
                        PGConnection.class,
                        (driver, called, values) -> called.getName().equals("getNotifications")
                                ? new PGNotification[notifications.applyAsInt((Integer) values[0])]
                                : array(values[1]));
            default -> nothing(method);
        });
    }

    /** A value for a column of that kind. */
    public static Array array(Object values) {
        return proxy(Array.class, (array, method, none) -> values);
    }

    private PreparedStatement statement(String sql) {
        Map<Integer, Object> values = new TreeMap<>();
        return proxy(PreparedStatement.class, (statement, method, arguments) -> switch (method.getName()) {
            case "setArray" ->
                values.put((Integer) arguments[0], Arrays.asList((Object[]) ((Array) arguments[1]).getArray()));
            case "executeQuery" -> rows(run(sql, values));
            case "executeUpdate" -> run(sql, values).size();
            case "close" -> null;
            default -> values.put((Integer) arguments[0], arguments[1]);
        });
    }

    private Statement statement() {
        return proxy(Statement.class, (statement, method, arguments) -> switch (method.getName()) {
            case "execute" -> !run((String) arguments[0], Map.of()).isEmpty();
            default -> nothing(method);
        });
    }

    private List<SequencedMap<String, Object>> run(String sql, Map<Integer, Object> values) throws SQLException {
        statements.add(sql);
        return script.rows(sql, new ArrayList<>(values.values()));
    }

    private static ResultSet rows(List<SequencedMap<String, Object>> rows) {
        Iterator<SequencedMap<String, Object>> left = rows.iterator();
        List<SequencedMap<String, Object>> current = new ArrayList<>();
        return proxy(ResultSet.class, (set, method, arguments) -> {
            if (method.getName().equals("next")) {
                current.clear();
                return left.hasNext() && current.add(left.next());
            }
            return method.getName().startsWith("get") ? value(current.getFirst(), method, arguments[0]) : null;
        });
    }

    private static Object value(SequencedMap<String, Object> row, Method method, Object column) {
        Object value = column instanceof Integer number
                ? new ArrayList<>(row.values()).get(number - 1)
                : row.get((String) column);
        return value == null ? nothing(method) : value;
    }

    /** As JDBC gives SQL's null. */
    private static Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        return type == boolean.class
                ? (Object) false
                : type == long.class
                        ? (Object) 0L
                        : type == int.class
                                ? (Object) 0
                                : type == short.class ? (Object) (short) 0 : type == double.class ? (Object) 0.0 : null;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(ScriptedDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
