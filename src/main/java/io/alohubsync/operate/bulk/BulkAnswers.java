package io.alohubsync.operate.bulk;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** What came of the customers that a bulk action has sent. In a step's transaction. */
final class BulkAnswers {

    /** Items whose answer is awaited that a step looks at. */
    static final int LOOKS = 10_000;

    private static final Sql SETTLE = Sql.named("operate/settle-bulk-items");
    private static final Sql READ_CANARY = Sql.named("operate/read-canary");
    private static final Sql KEEP_WORDS = Sql.named("operate/keep-words-of-canary");

    private final Connection connection;
    private final String action;

    BulkAnswers(Connection connection, String action) {
        this.connection = connection;
        this.action = action;
    }

    /**
     * Items that were settled by one look.
     *
     * @param open     of those looked at: their answer is still awaited
     * @param complete no item was left that was not looked at
     */
    record Settled(long delivered, long failed, long open, boolean complete) {

        /** After this look another one. */
        Settled and(Settled next) {
            return new Settled(delivered + next.delivered, failed + next.failed, next.open, next.complete);
        }

        boolean isAll() {
            return open == 0 && complete;
        }
    }

    Settled settle() throws SQLException {
        return settle(false);
    }

    /** Of a canary that has failed: a customer that is to be sent again has failed too. */
    Settled settleCanary() throws SQLException {
        return settle(true);
    }

    private Settled settle(boolean byFirstAttempt) throws SQLException {
        return SETTLE.on(connection)
                .set("action", action)
                .set("by_first_attempt", byFirstAttempt)
                .set("looks", LOOKS)
                .list(row -> new Settled(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4) < LOOKS))
                .getFirst();
    }

    Canary canary() throws SQLException {
        return READ_CANARY
                .on(connection)
                .set("action", action)
                .list(row -> new Canary(row.getLong(1), row.getLong(2), row.getLong(3)))
                .getFirst();
    }

    /** The words of the answers that failed a canary. */
    void keepWords() throws SQLException {
        KEEP_WORDS.on(connection).set("action", action).update();
    }
}
