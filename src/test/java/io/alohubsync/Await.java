package io.alohubsync;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what another process does: looks again and again, up to a limit that only a failing
 * test reaches. A condition that throws does not hold yet; what it threw last is shown when it
 * never comes true. A fault of the test itself ends the wait.
 */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    /**
     * SQLSTATEs of a statement that is wrong and stays wrong: syntax, no such column. A table may
     * still be migrated.
     */
    private static final Set<String> WRONG_SQL = Set.of("42601", "42703");

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) {
        until(what, LIMIT, condition);
    }

    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Exception thrown = null;
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception notYet) {
                thrown = notYet;
            }
            if (thrown != null && isTheTestsFault(thrown)) {
                throw new AssertionError("can't come true: " + what, thrown);
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit.toMillis() / 1000.0 + " s: " + what, thrown);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean isTheTestsFault(Exception thrown) {
        return switch (thrown) {
            case ClassCastException wrong -> true;
            case UnsupportedOperationException wrong -> true;
            case InterruptedException stopped -> true;
            default -> isWrongSql(thrown) || isWrongSql(thrown.getCause());
        };
    }

    private static boolean isWrongSql(Throwable thrown) {
        return thrown instanceof SQLException failure
                && failure.getSQLState() != null
                && WRONG_SQL.contains(failure.getSQLState());
    }
}
