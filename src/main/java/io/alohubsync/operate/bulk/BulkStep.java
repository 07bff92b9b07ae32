package io.alohubsync.operate.bulk;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.bulk.BulkAction.Kind;
import io.alohubsync.operate.bulk.BulkAction.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One step of a bulk action: some customers, or a look at what came of those before. In one
 * transaction; one thread uses it.
 */
public final class BulkStep {

    /** They are locked together, and neither merged nor settled meanwhile. */
    static final int AT_ONCE = 100;

    /** After the last customer, or a stop: a customer without an answer then has none. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final double PACE = 0.2; // seconds from one step to the next: 500 customers a second
    private static final double LOOK_AGAIN = 2;

    private static final Sql DELAY = Sql.named("operate/delay-bulk-action");
    private static final Sql RECORD = Sql.named("operate/record-bulk-step");

    private final Connection connection;
    private final LockedAction action;
    private final BulkAnswers answers;
    private final BulkWalk walk;

    private BulkStep(Connection connection, LockedAction action) {
        this.connection = connection;
        this.action = action;
        this.answers = new BulkAnswers(connection, action.id());
        this.walk = new BulkWalk(connection, action);
    }

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
                BulkWalk.Done done = walk.some(AT_ONCE);
                State end = action.kind() == Kind.RETRY ? State.SETTLING : State.DONE;
                State next = done.walked() ? end : State.RUNNING;
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
        BulkWalk.Done done = walk.some(missing);
        int acted = done.items() - done.skipped();
        boolean sent = acted == missing || done.walked();
        boolean none = sent && action.acted() + acted == 0;
        record(done, answers.settle(), none ? State.DONE : State.CANARY, sent, sent ? LOOK_AGAIN : PACE);
    }

    private void judge() throws SQLException {
        BulkAnswers.Settled settled = answers.settle();
        switch (answers.canary().decide(action.sinceSent())) {
            case WAIT -> record(walk.none(), settled, State.CANARY, false, LOOK_AGAIN);
            case GO -> record(walk.none(), settled, action.walked() ? State.SETTLING : State.RUNNING, false, PACE);
            case FAIL -> {
                record(walk.none(), settled.and(answers.settleCanary()), State.CANARY_FAILED, false, LOOK_AGAIN);
                answers.keepWords();
            }
        }
    }

    private void settle(State end) throws SQLException {
        BulkAnswers.Settled settled = answers.settle();
        boolean over = settled.isAll() || action.sinceSent().compareTo(PATIENCE) >= 0;
        record(walk.none(), settled, over ? end : action.state(), false, LOOK_AGAIN);
    }

    private void record(BulkWalk.Done done, BulkAnswers.Settled settled, State state, boolean sent, double pause)
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
