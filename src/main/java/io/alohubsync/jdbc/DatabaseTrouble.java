package io.alohubsync.jdbc;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Says why the database can't be used, as a part of a sentence for people. Never prints the
 * address: it may hold a password.
 */
public final class DatabaseTrouble {

    private static final String WRONG_PASSWORD = "28P01";
    private static final String REFUSED_LOGIN = "28000"; // no such user, or no line of pg_hba.conf
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String READ_ONLY = "25006";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private static final String RIGHT_MISSING = "42501";
    private static final String DISK_FULL = "53100";

    private static final int MOST_WORDS = 200;
    private static final Pattern NO_LETTERS = Pattern.compile("[\\p{Cntrl}\\s]+");

    private static final Pattern TLS = Pattern.compile("SSL|HostnameVerifier");
    private static final String NO_TLS = "TLS with it failed; check sslmode, sslrootcert and the server's certificate";

    private DatabaseTrouble() {}

    /** The user, the password or pg_hba.conf. */
    public static boolean isRefusal(SQLException failure) {
        return SqlFailure.isIn(failure, "28");
    }

    /**
     * The address, the user or the password may be wrong, or the server is away. All other failures
     * are those of a server that was reached.
     */
    public static boolean isAboutTheLogin(SQLException failure) {
        return failure.getSQLState() == null || SqlFailure.isIn(failure, "08", "28", "3D");
    }

    /** It takes no writes, although reads and the connection are sound. */
    public static boolean isDiskFull(SQLException failure) {
        return SqlFailure.isIn(failure, DISK_FULL);
    }

    /** It takes no writes, although reads may work; null: it does. */
    public static @Nullable String keepsFromWriting(SQLException failure) {
        if (isDiskFull(failure)) {
            return "the database, whose disk is full";
        }
        return SqlFailure.isUnanswered(failure)
                ? "the database, which does not answer to a commit or a statement"
                : null;
    }

    /** As {@link #describe}, beside the name of what failed. */
    public static String inLog(SQLException failure) {
        return "the database: " + describe(failure);
    }

    public static String describe(SQLException failure) {
        String state = failure.getSQLState();
        if (WRONG_PASSWORD.equals(state)) {
            return "it refuses the user or the password (SQLSTATE 28P01): check quarkus.datasource.username and quarkus.datasource.password";
        }
        if (REFUSED_LOGIN.equals(state)) {
            return "it refuses the user, or this machine's logins (SQLSTATE 28000): check quarkus.datasource.username and its pg_hba.conf";
        }
        if (NO_SUCH_DATABASE.equals(state)) {
            return "it has no database of that name (SQLSTATE 3D000): correct quarkus.datasource.jdbc.url, or create the database";
        }
        if (READ_ONLY.equals(state)) {
            return "it takes no writes now (SQLSTATE 25006): it is a standby, or was made read-only; the address must lead to the primary"
                    + " (targetServerType=primary where there are several hosts)";
        }
        if (TOO_MANY_CONNECTIONS.equals(state)) {
            return "it has no connection left (SQLSTATE 53300); raise max_connections, or lower quarkus.datasource.jdbc.max-size";
        }
        return isAboutTheLogin(failure) ? unreached(failure) : fault(failure);
    }

    /** Of a server that was reached. */
    private static String fault(SQLException failure) {
        String words = SqlFailure.describe(failure);
        if (SqlFailure.isIn(failure, RIGHT_MISSING)) {
            return "its user lacks a right (" + words
                    + "): let its administrator run GRANT alohub_worker TO the user of"
                    + " quarkus.datasource.username";
        }
        if (isDiskFull(failure)) {
            return "its disk is full (" + words + "): make room on the server";
        }
        if (SqlFailure.isIn(failure, "53")) {
            return "it has too little of something (" + words + "): give the server more of it";
        }
        if (SqlFailure.isIn(failure, "58", "XX")) {
            return "it has a fault of its own (" + words + "): its own log says more";
        }
        return words;
    }

    private static String unreached(SQLException failure) {
        return failure instanceof PSQLException said && said.getServerErrorMessage() != null
                ? "it refuses the connection, or a pooler in front of it does (SQLSTATE " + said.getSQLState() + ": "
                        + shortened(said.getServerErrorMessage().getMessage()) + ")"
                : "it can't be reached" + whyUnreached(failure);
    }

    private static String shortened(@Nullable String words) {
        String line = NO_LETTERS.matcher(String.valueOf(words)).replaceAll(" ");
        return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "…";
    }

    private static String whyUnreached(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String why = why(cause);
            if (why != null) {
                return ": " + why;
            }
        }
        return "";
    }

    private static @Nullable String why(Throwable cause) {
        return switch (cause) {
            case UnknownHostException noName -> "its host's name can't be resolved";
            case NoRouteToHostException noRoute -> "there is no route to its host";
            case SocketTimeoutException silent -> "it does not answer in time";
            case ConnectException refused -> "nothing takes connections at its address and port";
            case SSLException noTls -> NO_TLS;
            // The driver's own refusals, of a name or a file for one, have no other cause; its
            // translations keep these words.
            case SQLException own
            when TLS.matcher(String.valueOf(own.getMessage())).find() -> NO_TLS;
            default -> null;
        };
    }
}
