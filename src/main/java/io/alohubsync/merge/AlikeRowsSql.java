package io.alohubsync.merge;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds further new rows that spell account and phone as given ones do: they are of the same
 * customers.
 */
public final class AlikeRowsSql {

    private static final Sql FIND = Sql.named("merge/find-alike-rows");

    /** Of each priority, from the last of the given rows on. */
    private static final int LIMIT = 20_000;

    private AlikeRowsSql() {}

    /**
     * @return by the lowest of the given ids that are spelled so: further ids, ascending. They are
     *         not locked.
     */
    public static Map<Long, List<Long>> find(Connection connection, Collection<Long> ids) throws SQLException {
        Map<Long, List<Long>> alike = new HashMap<>();
        List<long[]> pairs = FIND.on(connection)
                .longs("rows", ids, id -> id)
                .set("limit", LIMIT)
                .list(row -> new long[] {row.getLong(1), row.getLong(2)});
        for (long[] pair : pairs) {
            alike.computeIfAbsent(pair[0], first -> new ArrayList<>()).add(pair[1]);
        }
        return alike;
    }
}
