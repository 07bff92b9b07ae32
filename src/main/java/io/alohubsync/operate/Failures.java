package io.alohubsync.operate;

import io.alohubsync.jdbc.SqlFailure;
import java.sql.SQLException;
import java.util.Set;
import org.jboss.logging.Logger;

/** What a failure of the database means to people. */
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final Set<String> NOT_THERE = Set.of("42P01", "42703", "42883", "3F000");

    private Failures() {}

    /**
     * @param acts only an act waits for another transaction of the same customer: a read waits for
     *             the lock of a whole table
     * @param late the time for an answer had passed
     */
    static RuntimeException of(SQLException failure, boolean acts, boolean late) {
        String state = String.valueOf(failure.getSQLState());
        if (late || state.equals("57014")) {
            return new Unavailable(Unavailable.Why.SLOW, failure);
        }
        if (state.equals("55P03") || state.startsWith("40")) {
            return new Unavailable(acts ? Unavailable.Why.LOCKED : Unavailable.Why.SLOW, failure);
        }
        if (NOT_THERE.contains(state)) {
            return new Unavailable(Unavailable.Why.NOT_MIGRATED, failure);
        }
        if (state.equals("42501")) {
            LOG.errorf("The database's user lacks a right that console and API need: %s", SqlFailure.describe(failure));
            return new Unavailable(Unavailable.Why.RIGHT_MISSING, failure);
        }
        if (SqlFailure.mayPass(failure)) {
            boolean allInUse = failure.getSQLState() == null
                    && String.valueOf(failure.getMessage()).contains("timeout");
            return new Unavailable(allInUse ? Unavailable.Why.SLOW : Unavailable.Why.AWAY, failure);
        }
        return new IllegalStateException(SqlFailure.describe(failure), failure);
    }
}
