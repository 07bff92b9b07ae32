package io.alohubsync.operate.bulk;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.alohubsync.operate.bulk.BulkAction.Kind;
import io.alohubsync.operate.problems.GroupIds;
import io.alohubsync.operate.problems.ProblemGroup;
import io.alohubsync.operate.problems.ProblemKey;
import io.alohubsync.operate.problems.ProblemRows;
import io.alohubsync.operate.problems.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Acts on all customers of a group of failures: a preview, a start, ten as a canary, then the rest,
 * progress, a stop, a result for each. They are rows: a restart goes on with them, and one replica
 * at a time works on them.
 */
@ApplicationScoped
public class BulkActions {

    /** Retried first. */
    public static final int CANARY = 10;

    /** Customers in trouble that a preview looks at: those of which the groups are made. */
    public static final int LOOKS = ProblemRows.LOOKS;

    private static final Sql STOP = Sql.named("operate/stop-bulk-action");
    private static final int LONGEST_KEY = 255;

    private final PeopleDatabase database;
    private final Problems problems;
    private final GroupIds ids;

    public BulkActions(PeopleDatabase database, Problems problems, GroupIds ids) {
        this.database = database;
        this.problems = problems;
        this.ids = ids;
    }

    /**
     * What a start would act on.
     *
     * @param count    customers: of a retry the dead ones, of a hold all
     * @param atLeast  only {@link #LOOKS} customers in trouble were looked at: there may be more
     * @param canary   how many go first, at most; 0: none, all are acted on at once
     * @param retrying of a retry: customers of the group that are sent again by themselves
     */
    public record Preview(Kind kind, ProblemKey key, long count, boolean atLeast, int canary, long retrying) {}

    /** @throws Declined it is a group of rejections */
    public Preview preview(Kind kind, ProblemKey key) {
        ofFailures(key);
        Problems.Found found = problems.group(key, Sight.MASKED);
        ProblemGroup group = found.group();
        long all = group == null ? 0 : group.count();
        long count = group == null || kind == Kind.HOLD ? all : group.dead();
        int canary = kind == Kind.HOLD ? 0 : found.cut() ? CANARY : (int) Math.min(CANARY, count);
        return new Preview(kind, key, count, found.cut(), canary, all - count);
    }

    private static void ofFailures(ProblemKey key) {
        if (key.kind() != ProblemKey.Kind.FAILURE) {
            throw Declined.because(Why.NOT_FOR_REJECTIONS);
        }
    }

    /**
     * Starts one. The same key gives the same action again, however often it is sent.
     *
     * @param clientKey chosen by the client, one for each action that it means
     * @throws Declined it is a group of rejections, the key is another action's, or one on the
     *                  group still runs
     */
    public BulkAction start(Actor actor, Kind kind, ProblemKey key, @Nullable String reason, String clientKey) {
        ofFailures(key);
        String why = Input.optional(reason, "reason", Input.REASON);
        String once = Input.text(clientKey, "idempotency_key", LONGEST_KEY);
        Preview expected = preview(kind, key);
        BulkStart start = new BulkStart(actor, kind, key, null, why, once, expected.count(), expected.atLeast());
        return database.act(actor, connection -> begun(connection, start));
    }

    /**
     * Starts the release of the customers that an action has held. Those stay held that somebody
     * has held since for another reason. A repeated key gives the same action again.
     *
     * @throws Declined there is no such action, it has held none, the key is another action's, or one
     *                  on its group still runs
     */
    public BulkAction release(Actor actor, String hold, @Nullable String reason, String clientKey) {
        UUID known = uuid(hold, Why.FIELD_INVALID, "action");
        String why = Input.optional(reason, "reason", Input.REASON);
        String once = Input.text(clientKey, "idempotency_key", LONGEST_KEY);
        return database.act(actor, connection -> {
            BulkAction held = one(connection, known);
            if (held.kind() != Kind.HOLD) {
                throw Declined.because(Why.NOTHING_HELD);
            }
            long expected = held.done() - held.skipped();
            return begun(
                    connection, new BulkStart(actor, Kind.RELEASE, held.key(), held.id(), why, once, expected, false));
        });
    }

    private BulkAction begun(Connection connection, BulkStart start) throws SQLException {
        BulkStart.Started started = start.begin(connection);
        BulkAction action = one(connection, UUID.fromString(started.id()));
        if (!started.isNew() && !start.isThatOf(action)) {
            throw Declined.because(Why.KEY_REUSED);
        }
        return action;
    }

    /** The newest first. */
    public Page<BulkAction> list(PageRequest page, Sight sight) {
        UUID before = page.cursor() == null ? null : uuid(page.cursor(), Why.CURSOR, "cursor");
        return sight.of(database.read(connection -> {
            if (before != null
                    && database.entities(connection, entities -> StoredBulkAction.find(entities, before, ids))
                            .isEmpty()) {
                throw Declined.field(Why.CURSOR, "cursor");
            }
            List<BulkAction> actions = database.entities(
                    connection, entities -> StoredBulkAction.newest(entities, before, page.size() + 1, ids));
            return Page.of(actions, page.size(), BulkAction::id);
        }));
    }

    /** @throws Declined there is none */
    public BulkAction get(String id, Sight sight) {
        UUID known = uuid(id, Why.FIELD_INVALID, "id");
        return sight.of(database.read(connection -> one(connection, known)));
    }

    /** Customers that it acted on, in their order. @throws Declined there is no such action */
    public Page<BulkItem> items(String id, PageRequest page, Sight sight) {
        UUID known = uuid(id, Why.FIELD_INVALID, "id");
        long after = Cursor.after(page, "i", 0);
        return sight.of(database.read(connection -> {
            one(connection, known);
            List<BulkItem> items = database.entities(
                    connection, entities -> StoredBulkItem.after(entities, known, after, page.size() + 1));
            return Page.of(items, page.size(), last -> Cursor.of("i", last.n()));
        }));
    }

    /**
     * Ends it where it is; what it has done stays done, and the answers to it are awaited. Repeated,
     * it changes nothing.
     *
     * @throws Declined there is none, or it has come to its end
     */
    public BulkAction stop(Actor actor, String id) {
        UUID known = uuid(id, Why.FIELD_INVALID, "id");
        return database.act(actor, connection -> {
            record Stopped(String account, long items) {}
            List<Stopped> stopped = STOP.on(connection)
                    .set("id", known.toString())
                    .set("person", actor.name())
                    .list(row -> new Stopped(row.getString(1), row.getLong(2)));
            BulkAction action = one(connection, known);
            if (stopped.isEmpty() && action.stoppedBy() != null) {
                return action;
            }
            if (stopped.isEmpty()) {
                throw Declined.because(Why.ALREADY_ENDED);
            }
            PeopleDatabase.actForBulk(connection, known.toString());
            AuditLog.record(
                    connection,
                    AuditLog.Entry.ofMany(
                            Act.BULK_STOPPED,
                            stopped.getFirst().account(),
                            stopped.getFirst().items(),
                            action.kind() + " " + action.key().reason()));
            return action;
        });
    }

    private BulkAction one(Connection connection, UUID id) throws SQLException {
        return database.entities(connection, entities -> StoredBulkAction.find(entities, id, ids))
                .orElseThrow(() -> Declined.because(Why.NO_BULK_ACTION));
    }

    /** @throws Declined it is none */
    private static UUID uuid(String text, Why otherwise, String field) {
        try {
            UUID read = UUID.fromString(text);
            if (read.toString().equals(text)) {
                return read;
            }
            throw new IllegalArgumentException();
        } catch (IllegalArgumentException none) {
            throw Declined.field(otherwise, field);
        }
    }
}
