package io.alohubsync.merge;

import io.alohubsync.contact.Reason;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who wrote the rejected rows of a batch, and why they were. */
final class RejectedRows {

    private static final Sql READ_SOURCES = Sql.named("merge/read-sources");

    private RejectedRows() {}

    /** In the transaction that has the rows locked. Only a batch that has rejected ones asks. */
    static List<Rejection> of(Connection connection, RowsRead read) throws SQLException {
        List<RowStatus> rejected = read.rejected();
        if (rejected.isEmpty()) {
            return List.of();
        }
        Map<Long, String> accounts = new HashMap<>();
        read.rows().forEach(row -> accounts.put(row.id(), row.account()));
        Map<Long, String> sources = sources(connection, rejected);
        List<Rejection> rejections = new ArrayList<>(rejected.size());
        for (RowStatus row : rejected) {
            Reason reason = reason(row.reasons());
            String account = reason == Reason.ACCOUNT_UNKNOWN ? null : accounts.get(row.row());
            rejections.add(new Rejection(account, sources.get(row.row()), reason));
        }
        return rejections;
    }

    /** Repairs stand behind the reasons of a rejection. */
    private static Reason reason(Set<Reason> reasons) {
        return Collections.min(reasons);
    }

    private static Map<Long, String> sources(Connection connection, List<RowStatus> rejected) throws SQLException {
        return READ_SOURCES
                .on(connection)
                .longs("rows", rejected, RowStatus::row)
                .query(row -> {
                    Map<Long, String> found = new HashMap<>();
                    while (row.next()) {
                        found.put(row.getLong(1), row.getString(2));
                    }
                    return found;
                });
    }
}
