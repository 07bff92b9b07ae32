package io.alohubsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Ends sessions that a client has given up. No limit of the server ends a commit that waits there,
 * for a standby or a disk, and the session does not notice that its client is gone. Without this
 * each new try would leave one more behind, until the server has no connection left.
 */
final class AbandonedSessions {

    private static final Sql END = Sql.named("jdbc/end-abandoned-sessions");
    private static final int PATIENCE_MILLIS = 5_000;

    private AbandonedSessions() {}

    /** @param failure of a transaction whose connection is closed by now */
    static void endAfter(SQLException failure, DataSource database) {
        if (!SqlFailure.isUnanswered(failure)) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
            END.on(connection).list(row -> row.getBoolean(1));
        } catch (SQLException away) {
            failure.addSuppressed(away);
        }
    }
}
