package io.alohubsync.merge;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows that were rejected by rules of phones which have changed since: they are new again, some at
 * a time in the order of their ids. All rejected rows are scanned twice: at once, and again when no
 * replica is left that still has the old rules. Each method runs in the caller's transaction.
 */
public final class RejectedPhones {

    private static final Sql STORE = Sql.named("merge/store-phone-rules");
    private static final Sql MAKE_NEW = Sql.named("merge/make-rejected-phones-new");

    private RejectedPhones() {}

    /**
     * @param rules in force from now on, as text: equal rules are equal texts.
     * @return whether others were in force until now
     */
    public static boolean store(Connection connection, String rules) throws SQLException {
        return STORE.on(connection).set("rules", rules).query(row -> row.next() && row.getBoolean(1));
    }

    /**
     * @param codes of the reasons that the rules decide about
     * @param limit rejected rows to look at
     * @return how many were looked at; 0: the scan is over, or no rules have changed
     */
    public static int makeNew(Connection connection, List<String> codes, int limit) throws SQLException {
        return MAKE_NEW.on(connection)
                .set("limit", limit)
                .texts("codes", codes, code -> code)
                .query(row -> {
                    row.next();
                    return row.getInt(1);
                });
    }
}
