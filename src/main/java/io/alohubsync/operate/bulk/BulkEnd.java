package io.alohubsync.operate.bulk;

import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.alohubsync.operate.bulk.BulkAction.State;
import io.alohubsync.operate.problems.ProblemKey;
import java.sql.Connection;
import java.sql.SQLException;

/** The audit's entry about a bulk action that came to its own end. */
final class BulkEnd {

    private BulkEnd() {}

    /** @param acted customers that were retried, held or released: the start could only estimate them */
    static void record(Connection connection, BulkAction.Kind kind, ProblemKey key, State state, long acted)
            throws SQLException {
        if (state == State.DONE || state == State.CANARY_FAILED) {
            String words = kind + " " + key.reason() + ": " + state;
            AuditLog.record(connection, AuditLog.Entry.ofMany(Act.BULK_ENDED, key.account(), acted, words));
        }
    }
}
