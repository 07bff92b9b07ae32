package io.alohubsync.worker;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    // A vacuum holds back no other vacuum. Without the role others' transactions look as if they had not begun.
    private static final String OLDEST_TRANSACTION = """
            SELECT CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE') THEN coalesce(greatest(
              (SELECT max(extract(epoch FROM clock_timestamp() - xact_start)) FROM pg_stat_activity
               WHERE datname = current_database() AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
                 AND pid <> pg_backend_pid() AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)),
              (SELECT max(extract(epoch FROM clock_timestamp() - prepared)) FROM pg_prepared_xacts
               WHERE database = current_database())), 0) END""";

    // Asks the file system for the files' lengths, and reads no table.
    private static final String STORAGE = """
            SELECT relname, pg_total_relation_size(oid) FROM pg_class
            WHERE relnamespace = 'alohub'::regnamespace AND relkind = 'r'""";

    /** @return the same storage beside the transactions of now */
    Upkeep withTransactions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OLDEST_TRANSACTION)) {
            row.next();
            double age = row.getDouble(1);
            return new Upkeep(row.wasNull() ? Double.NaN : Math.max(0, age), storageBytes);
        }
    }

    /** @return the same transactions beside the storage of now */
    Upkeep withStorage(Connection connection) throws SQLException {
        Map<String, Long> bytes = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STORAGE)) {
            while (row.next()) {
                bytes.put(row.getString(1), row.getLong(2));
            }
        }
        return new Upkeep(oldestTransactionSeconds, bytes);
    }
}
