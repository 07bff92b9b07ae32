package io.alohubsync.merge;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Asks for a whole replica at rest whether there is work, in one statement: a new row, a customer
 * that can be claimed, an account whose state has changed. Without it each loop would look for
 * itself at each poll. The merging loop alone asks; any thread may ask when it last did.
 */
public final class WorkPoll {

    private static final Sql FIND_WORK = Sql.named("merge/find-work");

    /**
     * After so many slow answers in succession the merge scans for itself for a minute: the
     * statement reads too many dead index entries. So it does after one that the server ended.
     */
    private static final int SLOW_IN_SUCCESSION = 3;

    private static final String CANCELED = "57014";
    private static final long SLOW_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LATER_NANOS = Duration.ofMinutes(1).toNanos();

    private final DataSource database;
    private final Set<String> accounts;
    private final LongSupplier nanoTime;
    private Map<String, String> states = Map.of(); // by account, with the time of the last change
    private int slow;
    private long notBefore;
    private volatile long answeredAt;

    /**
     * @param accounts that this replica serves
     * @param nanoTime the monotonic clock
     */
    public WorkPoll(DataSource database, Set<String> accounts, LongSupplier nanoTime) {
        this.database = database;
        this.accounts = accounts;
        this.nanoTime = nanoTime;
        this.notBefore = nanoTime.getAsLong();
        this.answeredAt = notBefore - LATER_NANOS;
    }

    /**
     * What there is to do.
     *
     * @param rows     the merge must scan: there are rows, or the statement is suspended
     * @param accounts whose claims have work
     */
    record Work(boolean rows, Set<String> accounts) {}

    Work poll() throws SQLException {
        long begun = nanoTime.getAsLong();
        if (begun - notBefore < 0) {
            return new Work(true, Set.of());
        }
        Answer answer;
        try {
            answer = ask();
        } catch (SQLException failure) {
            if (!CANCELED.equals(failure.getSQLState())) {
                throw failure;
            }
            notBefore = nanoTime.getAsLong() + LATER_NANOS;
            return new Work(true, Set.of());
        }
        long now = nanoTime.getAsLong();
        slow = now - begun > SLOW_NANOS ? slow + 1 : 0;
        if (slow == SLOW_IN_SUCCESSION) {
            slow = 0;
            notBefore = now + LATER_NANOS;
        }
        Set<String> withWork = new HashSet<>(answer.ready);
        answer.states.forEach((account, state) -> {
            if (!Objects.equals(states.get(account), state)) {
                withWork.add(account);
            }
        });
        states = answer.states;
        answeredAt = now;
        return new Work(answer.rows, withWork);
    }

    /** It was asked and answered within this time. */
    public boolean isAnsweredWithin(Duration time) {
        return nanoTime.getAsLong() - answeredAt < time.toNanos();
    }

    private record Answer(boolean rows, Set<String> ready, Map<String, String> states) {}

    private Answer ask() throws SQLException {
        return Transaction.read(
                database,
                connection -> FIND_WORK
                        .on(connection)
                        .texts("accounts", accounts, name -> name)
                        .query(WorkPoll::read));
    }

    private static Answer read(ResultSet row) throws SQLException {
        boolean rows = false;
        Set<String> ready = new HashSet<>();
        Map<String, String> states = new HashMap<>();
        while (row.next()) {
            String account = row.getString(1);
            if (account == null) {
                rows = row.getBoolean(2);
            } else {
                states.put(account, row.getString(3) + row.getString(4));
                if (row.getBoolean(2)) {
                    ready.add(account);
                }
            }
        }
        return new Answer(rows, ready, states);
    }
}
