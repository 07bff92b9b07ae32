package io.alohubsync.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One execution of a statement: the values of its parameters, then {@link #query}, {@link #list} or
 * {@link #update}, which closes it. One thread uses it.
 */
public final class Binding {

    private final Sql sql;
    private final Connection connection;
    private final PreparedStatement statement;
    private long bound; // bit i: parameter i has its value

    Binding(Sql sql, Connection connection) throws SQLException {
        this.sql = sql;
        this.connection = connection;
        this.statement = connection.prepareStatement(sql.text());
    }

    /** Reads the result: all rows, or one. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        T read(ResultSet rows) throws SQLException;
    }

    public Binding set(String parameter, @Nullable String value) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setString(position, value);
        }
        return this;
    }

    public Binding set(String parameter, byte[] value) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setBytes(position, value);
        }
        return this;
    }

    public Binding set(String parameter, long value) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setLong(position, value);
        }
        return this;
    }

    public Binding set(String parameter, int value) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setInt(position, value);
        }
        return this;
    }

    public Binding set(String parameter, @Nullable Integer value) throws SQLException {
        return object(parameter, value, Types.INTEGER);
    }

    public Binding set(String parameter, short value) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setShort(position, value);
        }
        return this;
    }

    public Binding set(String parameter, boolean value) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setBoolean(position, value);
        }
        return this;
    }

    public Binding set(String parameter, double value) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setDouble(position, value);
        }
        return this;
    }

    public Binding set(String parameter, @Nullable Double value) throws SQLException {
        return object(parameter, value, Types.DOUBLE);
    }

    /** In seconds, as a double. */
    public Binding set(String parameter, Duration value) throws SQLException {
        return set(parameter, value.toSeconds() + value.getNano() / 1e9);
    }

    public Binding set(String parameter, @Nullable OffsetDateTime value) throws SQLException {
        return object(parameter, value, Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private Binding object(String parameter, @Nullable Object value, int type) throws SQLException {
        for (int position : positions(parameter)) {
            statement.setObject(position, value, type);
        }
        return this;
    }

    /** One column of many rows, as an array; so do the methods that follow. */
    public <T> Binding texts(String parameter, Collection<T> rows, Function<T, @Nullable String> column)
            throws SQLException {
        return array(parameter, "text", rows, column, new String[rows.size()]);
    }

    public <T> Binding longs(String parameter, Collection<T> rows, Function<T, @Nullable Long> column)
            throws SQLException {
        return array(parameter, "bigint", rows, column, new Long[rows.size()]);
    }

    public <T> Binding ints(String parameter, Collection<T> rows, Function<T, @Nullable Integer> column)
            throws SQLException {
        return array(parameter, "integer", rows, column, new Integer[rows.size()]);
    }

    public <T> Binding shorts(String parameter, Collection<T> rows, Function<T, @Nullable Short> column)
            throws SQLException {
        return array(parameter, "smallint", rows, column, new Short[rows.size()]);
    }

    public <T> Binding booleans(String parameter, Collection<T> rows, Function<T, @Nullable Boolean> column)
            throws SQLException {
        return array(parameter, "boolean", rows, column, new Boolean[rows.size()]);
    }

    public <T> Binding doubles(String parameter, Collection<T> rows, Function<T, @Nullable Double> column)
            throws SQLException {
        return array(parameter, "float8", rows, column, new Double[rows.size()]);
    }

    /**
     * @param values of the column's own type: the driver sends those in binary, while it prints the
     *               elements of an Object[]
     */
    private <T, V> Binding array(
            String parameter, String type, Collection<T> rows, Function<T, @Nullable V> column, V[] values)
            throws SQLException {
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        for (int position : positions(parameter)) {
            statement.setArray(position, connection.unwrap(PGConnection.class).createArrayOf(type, values));
        }
        return this;
    }

    private int[] positions(String parameter) throws SQLException {
        try {
            int index = sql.index(parameter);
            bound |= 1L << index;
            return sql.positions(index);
        } catch (IllegalArgumentException misspelt) {
            statement.close();
            throw misspelt;
        }
    }

    /** @return what the reader makes of all rows */
    public <T extends @Nullable Object> T query(Reader<T> reader) throws SQLException {
        try (PreparedStatement running = complete();
                ResultSet rows = running.executeQuery()) {
            return reader.read(rows);
        }
    }

    /** @param reader reads one row */
    public <T> List<T> list(Reader<T> reader) throws SQLException {
        return query(rows -> {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        });
    }

    /** @return how many rows have changed */
    public int update() throws SQLException {
        try (PreparedStatement running = complete()) {
            return running.executeUpdate();
        }
    }

    /** @throws IllegalStateException a parameter has no value */
    private PreparedStatement complete() throws SQLException {
        if (bound != sql.allParameters()) {
            statement.close();
            throw new IllegalStateException(sql.file() + " has parameters without a value: " + missing());
        }
        return statement;
    }

    private List<String> missing() {
        List<String> all = sql.parameters();
        return all.stream()
                .filter(parameter -> (bound & 1L << all.indexOf(parameter)) == 0)
                .toList();
    }
}
