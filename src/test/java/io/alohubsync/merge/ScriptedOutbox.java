package io.alohubsync.merge;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An outbox without PostgreSQL, whose rows name no registered account: each merge rejects the batch
 * that is next.
 */
final class ScriptedOutbox {

    private final Queue<Integer> batches = new ArrayDeque<>();
    private final AtomicInteger merges = new AtomicInteger();
    private boolean scansAgain; // a merge whose scan finds nothing scans once more
    private final ScriptedDatabase database = new ScriptedDatabase(this::answer);

    /** The next merge finds so many rows; -1: the database is away. */
    synchronized ScriptedOutbox batch(int rows) {
        batches.add(rows);
        return this;
    }

    /** All batches were found. */
    synchronized boolean isEmpty() {
        return batches.isEmpty();
    }

    /** So many merges have looked for rows. */
    int merges() {
        return merges.get();
    }

    OutboxMerge merge() {
        return new OutboxMerge(
                database.dataSource(), new RowReader(new PhoneNormalizer(PhoneRules.standard())), new Unregistered(), false, () -> 0);
    }

    private synchronized List<SequencedMap<String, Object>> answer(String sql, List<Object> values)
            throws SQLException {
        if (sql.contains("outbox_row_numbers")) {
            return List.of(row(null, null, null, true, 0L, 0L, 0, Long.MAX_VALUE, OffsetDateTime.now()));
        }
        if (sql.contains("alohub.phone_rules")) {
            return List.of(row(0)); // rows whose phone is looked at again
        }
        if (!sql.contains("FOR NO KEY UPDATE")) {
            return List.of();
        }
        if (scansAgain) {
            scansAgain = false;
            return List.of();
        }
        merges.incrementAndGet();
        int rows = batches.isEmpty() ? 0 : batches.remove();
        if (rows < 0) {
            throw new SQLException("away", "08006");
        }
        scansAgain = rows == 0;
        List<SequencedMap<String, Object>> found = new ArrayList<>();
        for (long id = 1; id <= rows; id++) {
            found.add(row(id, "unknown", "0868793800", null, null, (short) 0, null, false));
        }
        return found;
    }

    private static SequencedMap<String, Object> row(Object... values) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        for (Object value : values) {
            row.put("column " + row.size(), value);
        }
        return row;
    }
}
