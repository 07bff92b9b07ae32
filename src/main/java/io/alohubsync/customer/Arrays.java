package io.alohubsync.customer;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Binds columns of many rows as PostgreSQL arrays, one parameter after the other: one statement for a whole batch. */
final class Arrays {

    private final PreparedStatement statement;
    private int parameter;

    Arrays(PreparedStatement statement) {
        this.statement = statement;
    }

    <T> Arrays texts(Collection<T> rows, Function<T, @Nullable String> column) throws SQLException {
        return bind("text", rows, column);
    }

    <T> Arrays longs(Collection<T> rows, Function<T, @Nullable Long> column) throws SQLException {
        return bind("bigint", rows, column);
    }

    <T> Arrays ints(Collection<T> rows, Function<T, @Nullable Integer> column) throws SQLException {
        return bind("integer", rows, column);
    }

    <T> Arrays shorts(Collection<T> rows, Function<T, @Nullable Short> column) throws SQLException {
        return bind("smallint", rows, column);
    }

    <T> Arrays booleans(Collection<T> rows, Function<T, @Nullable Boolean> column) throws SQLException {
        return bind("boolean", rows, column);
    }

    <T> Arrays doubles(Collection<T> rows, Function<T, @Nullable Double> column) throws SQLException {
        return bind("float8", rows, column);
    }

    private <T> Arrays bind(String type, Collection<T> rows, Function<T, ?> column) throws SQLException {
        Object[] values = new Object[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        statement.setArray(++parameter, array(type, values));
        return this;
    }

    /** Primitive arrays go over the wire in binary; boxed ones are printed and parsed. */
    private Array array(String type, Object[] values) throws SQLException {
        PGConnection connection = statement.getConnection().unwrap(PGConnection.class);
        if (java.util.Arrays.stream(values).anyMatch(Objects::isNull)) {
            return connection.createArrayOf(type, (Object) values);
        }
        return switch (type) {
            case "bigint" ->
                connection.createArrayOf(
                        type,
                        java.util.Arrays.stream(values)
                                .mapToLong(value -> (Long) value)
                                .toArray());
            case "integer" ->
                connection.createArrayOf(
                        type,
                        java.util.Arrays.stream(values)
                                .mapToInt(value -> (Integer) value)
                                .toArray());
            case "float8" ->
                connection.createArrayOf(
                        type,
                        java.util.Arrays.stream(values)
                                .mapToDouble(value -> (Double) value)
                                .toArray());
            default -> connection.createArrayOf(type, (Object) values);
        };
    }
}
