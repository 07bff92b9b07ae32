package io.alohubsync.observe;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what makes the database slow or full over time. It changes slowly, so it is read rarely.
 */
final class Upkeep {

    private static final Sql OLDEST_TRANSACTION = Sql.named("observe/read-oldest-transaction");
    private static final Sql STORAGE = Sql.named("observe/read-storage");

    private Upkeep() {}

    /**
     * @return age of the oldest transaction because of which vacuum can't remove deleted rows of
     *         this database; 0: there is none; NaN: the user may not see those of others
     */
    static double oldestTransactionSeconds(Connection connection) throws SQLException {
        return OLDEST_TRANSACTION.on(connection).query(row -> {
            row.next();
            double age = row.getDouble(1);
            return row.wasNull() ? Double.NaN : Math.max(0, age);
        });
    }

    /** @return by table of the schema: bytes, with its indexes and what it keeps out of line */
    static Map<String, Long> storageBytes(Connection connection) throws SQLException {
        return STORAGE.on(connection).query(row -> {
            Map<String, Long> bytes = new TreeMap<>();
            while (row.next()) {
                bytes.put(row.getString(1), row.getLong(2));
            }
            return bytes;
        });
    }
}
