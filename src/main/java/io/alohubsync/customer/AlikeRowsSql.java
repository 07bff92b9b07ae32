package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds further new rows that spell account and phone as given ones do: they are of the same customers. */
public final class AlikeRowsSql {

    /** Of each priority, from the last of the given rows on. */
    private static final int LOOKED_AT = 20_000;

    // Cut as a merge cuts it. A long one is not read: it may be a megabyte.
    private static final String SPELLING =
            "CASE WHEN pg_column_size(phone) + coalesce(pg_column_size(account), 0) < 500 THEN left(phone, 201) END AS phone, ACCOUNT AS account"
                    .replace("ACCOUNT", MergeSql.ACCOUNT);

    private static final String FIND =
            """
            WITH given AS (
              SELECT min(id) AS id, max(id) AS last, priority, phone, account
              FROM (SELECT id, coalesce(priority, 0::smallint) AS priority, SPELLING FROM alohub.customer_outbox WHERE id = ANY (?)) g
              GROUP BY priority, phone, account)
            SELECT given.id, o.id
            FROM (SELECT priority, max(last) AS last FROM given GROUP BY priority) level
            CROSS JOIN LATERAL (
              SELECT id, SPELLING FROM alohub.customer_outbox
              WHERE coalesce(priority, 0::smallint) = level.priority AND id > level.last AND fate IS NULL
              ORDER BY id LIMIT LOOKED_AT) o
            JOIN given ON given.priority = level.priority AND given.phone = o.phone AND given.account = o.account
            ORDER BY o.id""".replace("SPELLING", SPELLING).replace("LOOKED_AT", String.valueOf(LOOKED_AT));

    private AlikeRowsSql() {}

    /** @return by the lowest of the given ids that are spelled so: further ids, ascending. They are not locked. */
    public static Map<Long, List<Long>> find(Connection connection, Collection<Long> ids) throws SQLException {
        Map<Long, List<Long>> alike = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            new Arrays(statement).longs(ids, id -> id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    alike.computeIfAbsent(row.getLong(1), first -> new ArrayList<>())
                            .add(row.getLong(2));
                }
            }
        }
        return alike;
    }
}
