package io.alohubsync.customer;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Binds columns of many rows as PostgreSQL arrays, one parameter after the other: one statement for a whole batch. */
final class Arrays {

    private final PreparedStatement statement;
    private int parameter;

    Arrays(PreparedStatement statement) {
        this(statement, 1);
    }

    /** @param first number of the first parameter that is bound */
    Arrays(PreparedStatement statement, int first) {
        this.statement = statement;
        this.parameter = first - 1;
    }

    <T> Arrays texts(Collection<T> rows, Function<T, @Nullable String> column) throws SQLException {
        return bind("text", rows, column, new String[rows.size()]);
    }

    <T> Arrays longs(Collection<T> rows, Function<T, @Nullable Long> column) throws SQLException {
        return bind("bigint", rows, column, new Long[rows.size()]);
    }

    <T> Arrays ints(Collection<T> rows, Function<T, @Nullable Integer> column) throws SQLException {
        return bind("integer", rows, column, new Integer[rows.size()]);
    }

    <T> Arrays shorts(Collection<T> rows, Function<T, @Nullable Short> column) throws SQLException {
        return bind("smallint", rows, column, new Short[rows.size()]);
    }

    <T> Arrays booleans(Collection<T> rows, Function<T, @Nullable Boolean> column) throws SQLException {
        return bind("boolean", rows, column, new Boolean[rows.size()]);
    }

    <T> Arrays doubles(Collection<T> rows, Function<T, @Nullable Double> column) throws SQLException {
        return bind("float8", rows, column, new Double[rows.size()]);
    }

    /** @param values of the column's own type: the driver sends those in binary, while it prints the elements of an Object[] */
    private <T, V> Arrays bind(String type, Collection<T> rows, Function<T, @Nullable V> column, V[] values)
            throws SQLException {
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        PGConnection connection = statement.getConnection().unwrap(PGConnection.class);
        statement.setArray(++parameter, connection.createArrayOf(type, values));
        return this;
    }
}
