package io.alohubsync.jdbc;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** Classifies a failure of the database, and formats it for the log. */
public final class SqlFailure {

    private SqlFailure() {}

    /**
     * SQLSTATE classes 22 (data), 23 (constraints) and 54 (program limits): a retry would fail in
     * the same way. Not 23505 (uniqueness): no value of a source breaks it, but ids of a replicated
     * table that are ahead of its sequence do, for a while.
     */
    public static boolean isAboutContent(SQLException failure) {
        return isIn(failure, "22", "23", "54") && !isIn(failure, "23505");
    }

    /**
     * The server, or the driver, can't read a row: its content is damaged (XX001, or a length that
     * no memory is large enough for) or is no text; or a trigger that is not ours raises an error.
     */
    public static boolean isAboutOneRow(SQLException failure) {
        return isAboutContent(failure)
                || isRaised(failure)
                || "XX001".equals(failure.getSQLState())
                || ("XX000".equals(failure.getSQLState())
                        && String.valueOf(failure.getMessage()).contains("memory alloc request size"));
    }

    /**
     * A trigger that somebody else has put on a table raises an error, with P0001 or a SQLSTATE of
     * its own: perhaps about one row, perhaps about all, and perhaps not for ever. So it is with an
     * id that is taken (23505).
     */
    public static boolean isRaised(SQLException failure) {
        return failure.getSQLState() != null
                && !isAboutContent(failure)
                && !mayPass(failure)
                && !isIn(failure, "0A", "25", "26", "3F", "42", "58", "XX"); // of the server itself
    }

    /**
     * Connection (08), read-only (25006), password (28), a database yet to be made (3D), conflicts
     * (40), resources (53), locks (55), operator (57).
     */
    public static boolean mayPass(SQLException failure) {
        return failure.getSQLState() == null || isIn(failure, "08", "25006", "28", "3D", "40", "53", "55", "57");
    }

    /** Another transaction holds what it needs (55P03), or the two waited for each other (40P01). */
    public static boolean isAboutALock(SQLException failure) {
        return isIn(failure, "55P03", "40P01");
    }

    /**
     * The session can't be used any more, although the connection may look sound: it is read-only
     * since a failover (25006), or the server ends it (57P0x: shutdown, crash, dropped database,
     * idle; 25P03, 25P04: a transaction that was idle or long).
     */
    public static boolean endsSession(SQLException failure) {
        return isIn(failure, "25006", "57P0", "25P03", "25P04");
    }

    /**
     * The connection broke, or its server ended: a commit sent before may have been made. All other
     * failures are the server's refusals.
     */
    public static boolean leavesOutcomeOpen(SQLException failure) {
        return failure.getSQLState() == null || isIn(failure, "08", "57", "40003");
    }

    /** No answer came in time: the server may still be at work, and its session stays. */
    public static boolean isUnanswered(SQLException failure) {
        return failure.getCause() instanceof SocketTimeoutException;
    }

    /**
     * For the log. A message about content, and one that a function raises, may quote a row: then
     * only the SQLSTATE is named.
     */
    public static String describe(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return failure.getClass().getSimpleName();
        }
        String message = isAboutContent(failure) || isRaised(failure) ? null : message(failure);
        return message == null ? "SQLSTATE " + state : "SQLSTATE " + state + ": " + message;
    }

    private static @Nullable String message(SQLException failure) {
        return failure instanceof PSQLException server && server.getServerErrorMessage() != null
                ? server.getServerErrorMessage().getMessage() // without the details
                : null;
    }

    /** @param classes beginnings of SQLSTATEs */
    static boolean isIn(SQLException failure, String... classes) {
        String state = failure.getSQLState();
        for (String sqlClass : classes) {
            if (state != null && state.startsWith(sqlClass)) {
                return true;
            }
        }
        return false;
    }
}
