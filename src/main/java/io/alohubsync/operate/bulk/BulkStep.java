package io.alohubsync.operate.bulk;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.bulk.BulkAction.Kind;
import io.alohubsync.operate.bulk.BulkAction.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * One step of a bulk action: some customers, or a look at what came of those before. In one
 * transaction; one thread uses it.
 */
public final class BulkStep {

    /** They are locked together, and neither merged nor settled meanwhile. */
    static final int AT_ONCE = 100;

    /** Customers in trouble that a step looks at. */
    static final int LOOKS = 2_000;

    /** After the last customer, or a stop: a customer without an answer then has none. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final double PACE = 0.2; // seconds from one step to the next: 500 customers a second
    private static final double LOOK_AGAIN = 2;

    private static final Sql DELAY = Sql.named("operate/delay-bulk-action");
    private static final Sql FIND = Sql.named("operate/find-next-of-group");
    private static final Sql LOCK_CUSTOMERS = Sql.named("operate/lock-customers");
    private static final Sql STILL_OF_GROUP = Sql.named("operate/find-still-of-group");
    private static final Sql RETRY = Sql.named("operate/retry-many");
    private static final Sql HOLD = Sql.named("operate/hold-many");
    private static final Sql INSERT = Sql.named("operate/insert-bulk-items");
    private static final Sql RECORD = Sql.named("operate/record-bulk-step");

    private final Connection connection;
    private final LockedAction action;
    private final BulkAnswers answers;

    private BulkStep(Connection connection, LockedAction action) {
        this.connection = connection;
        this.action = action;
        this.answers = new BulkAnswers(connection, action.id());
    }

    /** What a step changes. */
    private record Done(State state, long after, boolean walked, int items, int skipped) {}

    /**
     * In a transaction of its own. An action whose step fails is tried again later, so that it
     * does not keep the others waiting.
     *
     * @return false: no action has a step to make now
     */
    public static boolean make(DataSource database) throws SQLException {
        try {
            return Transaction.run(database, BulkStep::make);
        } catch (SQLException | RuntimeException failure) {
            Transaction.run(database, connection -> DELAY.on(connection).update());
            throw failure;
        }
    }

    public static boolean make(Connection connection) throws SQLException {
        Optional<LockedAction> next = LockedAction.next(connection);
        if (next.isEmpty()) {
            return false;
        }
        PeopleDatabase.actAs(connection, next.get().starter());
        PeopleDatabase.actForBulk(connection, next.get().id());
        new BulkStep(connection, next.get()).make();
        return true;
    }

    private void make() throws SQLException {
        switch (action.state()) {
            case CANARY -> {
                if (action.sent()) {
                    judge();
                } else {
                    sendCanary();
                }
            }
            case RUNNING -> {
                Done done = some(AT_ONCE);
                State next = !done.walked() ? State.RUNNING : action.kind() == Kind.HOLD ? State.DONE : State.SETTLING;
                record(done, answers.settle(), next, done.walked(), PACE);
            }
            case SETTLING -> settle(State.DONE);
            case STOPPING -> settle(State.STOPPED);
            case DONE, STOPPED, CANARY_FAILED -> throw new IllegalStateException("it has ended: " + action.state());
        }
    }

    /** Its customers may stand behind thousands of other groups: then it takes several steps. */
    private void sendCanary() throws SQLException {
        int missing = (int) (BulkActions.CANARY - action.acted());
        Done done = some(missing);
        int acted = done.items() - done.skipped();
        boolean sent = acted == missing || done.walked();
        boolean none = sent && action.acted() + acted == 0;
        record(done, answers.settle(), none ? State.DONE : State.CANARY, sent, sent ? LOOK_AGAIN : PACE);
    }

    private void judge() throws SQLException {
        BulkAnswers.Settled settled = answers.settle();
        switch (answers.canary().decide(action.sinceSent())) {
            case WAIT -> record(nothing(), settled, State.CANARY, false, LOOK_AGAIN);
            case GO -> record(nothing(), settled, action.walked() ? State.SETTLING : State.RUNNING, false, PACE);
            case FAIL -> {
                record(nothing(), settled.and(answers.settleCanary()), State.CANARY_FAILED, false, LOOK_AGAIN);
                answers.keepWords();
            }
        }
    }

    private void settle(State end) throws SQLException {
        BulkAnswers.Settled settled = answers.settle();
        boolean over = settled.isAll() || action.sinceSent().compareTo(PATIENCE) >= 0;
        record(nothing(), settled, over ? end : action.state(), false, LOOK_AGAIN);
    }

    private Done nothing() {
        return new Done(action.state(), action.after(), action.walked(), 0, 0);
    }

    private Done some(int most) throws SQLException {
        record Next(long id, long last, long looked) {}
        List<Next> next = FIND.on(connection)
                .set("after", action.after())
                .set("looks", LOOKS)
                .set("dead", action.kind() == Kind.RETRY)
                .set("account", action.key().account())
                .set("reason", action.key().reason())
                .set("source", action.key().source())
                .set("up_to", action.upTo())
                .set("most", most)
                .list(row -> new Next(row.getLong(1), row.getLong(2), row.getLong(3)));
        List<Long> ids =
                new ArrayList<>(next.stream().map(Next::id).filter(id -> id > 0).toList());
        boolean full = ids.size() == most;
        boolean walked = !full && next.getFirst().looked() < LOOKS;
        long after =
                full ? ids.getLast() : Math.max(action.after(), next.getFirst().last());
        return ids.isEmpty() ? new Done(action.state(), after, walked, 0, 0) : act(ids, after, walked);
    }

    /** Those that were answered or changed since they were found are left alone. */
    private Done act(List<Long> ids, long after, boolean walked) throws SQLException {
        Set<Long> held = new HashSet<>(ids);
        List<Long> free =
                LOCK_CUSTOMERS.on(connection).longs("ids", ids, id -> id).list(row -> row.getLong(1));
        free.forEach(held::remove);
        List<Long> locked = STILL_OF_GROUP
                .on(connection)
                .longs("ids", free, id -> id)
                .set("dead", action.kind() == Kind.RETRY)
                .set("reason", action.key().reason())
                .set("up_to", action.upTo())
                .list(row -> row.getLong(1));
        List<Long> items = ids.stream()
                .filter(id -> held.contains(id) || locked.contains(id))
                .toList();
        (action.kind() == Kind.RETRY ? RETRY : HOLD)
                .on(connection)
                .longs("ids", locked, id -> id)
                .set("why", action.why())
                .list(row -> row.getLong(1));
        INSERT.on(connection)
                .set("action", action.id())
                .set("items", action.items())
                .longs("locked", locked, id -> id)
                .set("state", action.kind() == Kind.RETRY ? "SENT" : "HELD")
                .longs("ids", items, id -> id)
                .update();
        return new Done(action.state(), after, walked, items.size(), held.size());
    }

    private void record(Done done, BulkAnswers.Settled settled, State state, boolean sent, double pause)
            throws SQLException {
        RECORD.on(connection)
                .set("action", action.id())
                .set("state", state.name())
                .set("after", done.after())
                .set("walked", done.walked())
                .set("items", done.items())
                .set("skipped", done.skipped())
                .set("delivered", settled.delivered())
                .set("failed", settled.failed())
                .set("sent", sent)
                .set("ended", state.isEnd())
                .set("pause", pause)
                .update();
        long acted = action.acted() + done.items() - done.skipped();
        BulkEnd.record(connection, action.kind(), action.key(), state, acted);
    }
}
