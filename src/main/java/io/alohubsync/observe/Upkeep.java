package io.alohubsync.observe;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes the database slow or full by and by. It changes slowly, and is looked at seldom.
 *
 * @param oldestTransactionSeconds age of the oldest transaction that keeps rows of this database from being removed once they are
 *                                 gone; 0: there is none; NaN: not known, or the user may not see those of others
 * @param storageBytes             by table of the schema: with its indices and what it keeps out of line
 */
record Upkeep(double oldestTransactionSeconds, Map<String, Long> storageBytes) {

    static final Upkeep UNKNOWN = new Upkeep(Double.NaN, Map.of());

    private static final Sql OLDEST_TRANSACTION = Sql.named("observe/read-oldest-transaction");
    private static final Sql STORAGE = Sql.named("observe/read-storage");

    /** @return the same storage beside the transactions of now */
    Upkeep withTransactions(Connection connection) throws SQLException {
        return OLDEST_TRANSACTION.on(connection).query(row -> {
            row.next();
            double age = row.getDouble(1);
            return new Upkeep(row.wasNull() ? Double.NaN : Math.max(0, age), storageBytes);
        });
    }

    /** @return the same transactions beside the storage of now */
    Upkeep withStorage(Connection connection) throws SQLException {
        return STORAGE.on(connection).query(row -> {
            Map<String, Long> bytes = new TreeMap<>();
            while (row.next()) {
                bytes.put(row.getString(1), row.getLong(2));
            }
            return new Upkeep(oldestTransactionSeconds, bytes);
        });
    }
}
