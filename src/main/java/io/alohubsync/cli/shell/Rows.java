package io.alohubsync.cli.shell;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results of queries as maps, in the order of their columns: what {@code --json} prints, and what
 * tables are made of.
 */
public final class Rows {

    private Rows() {}

    /** All rows; times are instants, arrays lists. */
    public static List<Map<String, @Nullable Object>> of(ResultSet result) throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        ResultSetMetaData columns = result.getMetaData();
        while (result.next()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), value(result.getObject(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Timestamp time -> time.toInstant();
            case Array array -> List.of((Object[]) array.getArray());
            default -> value;
        };
    }

    public static String text(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : String.valueOf(value);
    }

    public static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
