package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Finds new outbox rows and locks them: the merge's first statement. */
public final class NewRowsSql {

    // Long values are cut here: a megabyte in a column is the ERP's affair, not our heap's. 201: one more than a phone
    // may have. A name of 255 code points may be written with many more (decomposed, padded), an e-mail of 254
    // likewise.
    private static final String CONTENT = """
            id, ACCOUNT AS account, left(phone, 201) AS phone, left(name, 2000) AS name, left(email, 2000) AS email,
            coalesce(priority, 0::smallint) AS priority, source_version""".replace("ACCOUNT", MergeSql.ACCOUNT);

    // SKIP LOCKED: replicas merge side by side; what one skips another has.
    private static final String ALL = """
            SELECT CONTENT FROM alohub.customer_outbox
            WHERE fate IS NULL
            ORDER BY coalesce(priority, 0::smallint) DESC, id
            LIMIT ? FOR NO KEY UPDATE SKIP LOCKED""";

    // The same from where the last look ended: an entry of the index that is dead costs as much as a living one. And a
    // priority above all that are known, if there is one.
    private static final String NEWER = """
            SELECT o.* FROM (
              (SELECT coalesce(priority, 0::smallint), ?::bigint FROM alohub.customer_outbox
               WHERE coalesce(priority, 0::smallint) > ? AND fate IS NULL ORDER BY coalesce(priority, 0::smallint) DESC LIMIT 1)
              UNION ALL
              SELECT * FROM unnest(?::smallint[], ?::bigint[])) AS level (priority, first)
            CROSS JOIN LATERAL (
              SELECT CONTENT FROM alohub.customer_outbox
              WHERE coalesce(priority, 0::smallint) = level.priority AND id >= level.first AND fate IS NULL
              ORDER BY id
              LIMIT ? FOR NO KEY UPDATE SKIP LOCKED) o
            LIMIT ?""";

    private static final String BY_ID = """
            SELECT CONTENT FROM alohub.customer_outbox
            WHERE id = ANY (IDS) AND fate IS NULL
            ORDER BY coalesce(priority, 0::smallint) DESC, id
            FOR NO KEY UPDATE SKIP LOCKED""";

    // The lowest ids of all priorities below one: each is a range of the index of its own, found by a skip scan. Where
    // there is none this costs one look at the index.
    private static final String OLDEST = BY_ID.replace("IDS", """
            ARRAY(
              WITH RECURSIVE level (priority) AS (
                (SELECT coalesce(priority, 0::smallint) FROM alohub.customer_outbox
                 WHERE coalesce(priority, 0::smallint) < ? AND fate IS NULL ORDER BY coalesce(priority, 0::smallint) DESC LIMIT 1)
                UNION ALL
                SELECT (SELECT coalesce(o.priority, 0::smallint) FROM alohub.customer_outbox o
                        WHERE coalesce(o.priority, 0::smallint) < level.priority AND o.fate IS NULL
                        ORDER BY coalesce(o.priority, 0::smallint) DESC LIMIT 1)
                FROM level WHERE level.priority IS NOT NULL)
              SELECT o.id FROM level CROSS JOIN LATERAL (
                SELECT id FROM alohub.customer_outbox
                WHERE coalesce(priority, 0::smallint) = level.priority AND fate IS NULL
                ORDER BY id LIMIT ?) o
              ORDER BY o.id LIMIT ?)""");

    // Rows that are passed over; only where there are any. The SELECT: they are read once, not for each row.
    private static final String NOT_PASSED = "fate IS NULL AND NOT id <@ (SELECT ?::text::int8multirange)\n";

    /** One look as it is sent: in four ways. */
    private record Look(String rows, String rowsNotPassed, String ids, String idsNotPassed) {
        static Look of(String sql) {
            return new Look(rows(sql), rows(notPassed(sql)), ids(sql), ids(notPassed(sql)));
        }

        private static String rows(String sql) {
            return sql.replace("CONTENT", CONTENT);
        }

        private static String ids(String sql) {
            return sql.replace("CONTENT", "id");
        }

        /** The last of its conditions: the others look for priorities. */
        private static String notPassed(String sql) {
            int last = sql.lastIndexOf("fate IS NULL\n");
            return sql.substring(0, last) + NOT_PASSED + sql.substring(last + "fate IS NULL\n".length());
        }

        String sql(boolean withContent, boolean passed) {
            if (withContent) {
                return passed ? rowsNotPassed : rows;
            }
            return passed ? idsNotPassed : ids;
        }
    }

    private static final Look LOOK_AT_ALL = Look.of(ALL);
    private static final Look LOOK_AT_NEWER = Look.of(NEWER);
    private static final String LOCK_OLDEST = Look.rows(OLDEST);
    private static final String LOCK_OLDEST_NOT_PASSED = Look.rows(
            OLDEST.replaceFirst("fate IS NULL\\n(\\s*ORDER BY id LIMIT)", Matcher.quoteReplacement(NOT_PASSED) + "$1"));
    private static final String LOCK_BY_ID = Look.rows(BY_ID.replace("IDS", "?"));

    /** So many ids below the newest that was merged are looked at each time: short transactions commit a little out of order. */
    private static final long OUT_OF_ORDER = 5000;

    private NewRowsSql() {}

    /**
     * @param limit  rows at most
     * @param passed ids that are passed over; null: none
     */
    public record Request(int limit, @Nullable IdRanges passed) {}

    /**
     * Most urgent first, locked; one look of twenty takes the oldest of the less urgent ({@link Turns}). From the watermark on, which rises; from the beginning when that is due. Empty:
     * {@link Watermark#untilSweep} says for how long.
     */
    public static List<NewRow> lock(Connection connection, Request request, Watermark watermark) throws SQLException {
        if (watermark.turns().isForOldest()) {
            List<NewRow> oldest = lockOldest(connection, request, watermark);
            if (!oldest.isEmpty()) {
                return oldest;
            }
        }
        List<NewRow> rows = look(connection, request, watermark);
        return rows.isEmpty() && watermark.isSweepDue() ? look(connection, request, watermark) : rows;
    }

    private static List<NewRow> look(Connection connection, Request request, Watermark watermark) throws SQLException {
        boolean sweep = watermark.isSweepDue();
        long begun = watermark.now();
        List<NewRow> rows;
        try (PreparedStatement statement = prepared(connection, request, watermark, sweep, true)) {
            rows = rows(statement);
        }
        Map<Short, Long> ends = new HashMap<>();
        rows.forEach(row -> ends.merge(row.priority(), row.id() - OUT_OF_ORDER, Math::max));
        watermark.looked(sweep, rows.size(), rows.size() >= request.limit(), begun, ends);
        if (rows.size() >= request.limit()) {
            watermark.turns().full(Collections.min(ends.keySet()));
        }
        return rows;
    }

    /** The ids of the rows that the next look would find. Their content is not read: it may be what made a look fail. */
    public static List<Long> ids(Connection connection, Request request, Watermark watermark) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = prepared(connection, request, watermark, watermark.isSweepDue(), false);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    private static PreparedStatement prepared(
            Connection connection, Request request, Watermark watermark, boolean sweep, boolean withContent)
            throws SQLException {
        Look look = sweep ? LOOK_AT_ALL : LOOK_AT_NEWER;
        PreparedStatement statement = connection.prepareStatement(look.sql(withContent, request.passed() != null));
        int i = 0;
        long lowest = 0; // no look begins below, also at a priority above all that are known
        if (!sweep) {
            Map<Short, Long> firsts = watermark.firsts();
            lowest = firsts.values().stream().mapToLong(Long::longValue).min().orElse(0);
            statement.setLong(++i, lowest);
            statement.setShort(++i, watermark.top());
            new Arrays(statement, i + 1)
                    .shorts(firsts.keySet(), priority -> priority)
                    .longs(firsts.values(), first -> first);
            i += 2;
        }
        IdRanges passed = request.passed();
        if (passed != null) {
            statement.setString(++i, passed.from(lowest));
        }
        statement.setInt(++i, request.limit());
        if (!sweep) {
            statement.setInt(++i, request.limit());
        }
        return statement;
    }

    /** Another replica may have some of them. */
    private static List<NewRow> lockOldest(Connection connection, Request request, Watermark watermark)
            throws SQLException {
        long begun = watermark.now();
        IdRanges passed = request.passed();
        try (PreparedStatement statement =
                connection.prepareStatement(passed != null ? LOCK_OLDEST_NOT_PASSED : LOCK_OLDEST)) {
            int i = 0;
            statement.setShort(++i, watermark.turns().below());
            if (passed != null) {
                statement.setString(++i, passed.from(0));
            }
            statement.setInt(++i, request.limit());
            statement.setInt(++i, request.limit());
            List<NewRow> rows = rows(statement);
            watermark.turns().oldestTaken(begun);
            return rows;
        }
    }

    /** Those of them that are new and that nobody else has. */
    public static List<NewRow> lock(Connection connection, List<Long> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_BY_ID)) {
            new Arrays(statement).longs(ids, id -> id);
            return rows(statement);
        }
    }

    private static List<NewRow> rows(PreparedStatement statement) throws SQLException {
        List<NewRow> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                long id = result.getLong(1);
                rows.add(new NewRow(
                        id,
                        id,
                        result.getString(2),
                        result.getString(3),
                        result.getString(4),
                        result.getString(5),
                        result.getShort(6),
                        result.getObject(7, Long.class)));
            }
        }
        return rows;
    }
}
