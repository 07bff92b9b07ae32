package io.alohubsync.customer;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds columns of many rows as PostgreSQL arrays, one parameter after the other: one statement for a whole batch. */
final class Arrays {

    private final PreparedStatement statement;
    private int parameter;

    Arrays(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Parameters before the arrays were bound by the caller. */
    Arrays(PreparedStatement statement, int parametersBefore) {
        this.statement = statement;
        this.parameter = parametersBefore;
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
        statement.setArray(++parameter, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
