package io.alohubsync.operate.bulk;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.alohubsync.operate.bulk.BulkAction.Kind;
import io.alohubsync.operate.bulk.BulkAction.State;
import io.alohubsync.operate.problems.ProblemKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The start of a bulk action.
 *
 * @param ofAction  the hold that a release is about; null: it is none
 * @param clientKey chosen by the client: it starts one action
 */
record BulkStart(
        Actor actor,
        Kind kind,
        ProblemKey key,
        @Nullable String ofAction,
        @Nullable String why,
        String clientKey,
        long expected,
        boolean atLeast) {

    private static final Sql START = Sql.named("operate/start-bulk-action");
    private static final Sql FIND = Sql.named("operate/find-bulk-action-by-key");

    /** @param isNew the key has not started it before */
    record Started(String id, boolean isNew) {}

    /** With its entry in the audit. @throws Declined one on the group still runs */
    Started begin(Connection connection) throws SQLException {
        List<String> started = insert(connection);
        if (started.isEmpty()) {
            String before = FIND.on(connection)
                    .set("key", clientKey)
                    .list(row -> row.getString(1))
                    .getFirst();
            return new Started(before, false);
        }
        PeopleDatabase.actForBulk(connection, started.getFirst());
        String words = kind + " " + key.reason() + (why == null ? "" : ": " + why);
        AuditLog.record(connection, AuditLog.Entry.ofMany(Act.BULK_STARTED, key.account(), expected, words));
        return new Started(started.getFirst(), true);
    }

    private List<String> insert(Connection connection) throws SQLException {
        try {
            return START.on(connection)
                    .set("key", clientKey)
                    .set("kind", kind.name())
                    .set("of_action", ofAction)
                    .set("account", key.account())
                    .set("reason", key.reason())
                    .set("source", key.source())
                    .set("person", actor.name())
                    .set("way", actor.way().name())
                    .set("why", why)
                    .set("state", (kind == Kind.RETRY ? State.CANARY : State.RUNNING).name())
                    .set("expected", expected)
                    .set("at_least", atLeast)
                    .list(row -> row.getString(1));
        } catch (SQLException failure) {
            if ("23505".equals(failure.getSQLState())) { // the index of groups: the one of keys makes no error
                throw Declined.because(Why.ALREADY_RUNNING);
            }
            throw failure;
        }
    }

    boolean isThatOf(BulkAction action) {
        return action.kind() == kind && action.key().equals(key) && Objects.equals(action.ofAction(), ofAction);
    }
}
