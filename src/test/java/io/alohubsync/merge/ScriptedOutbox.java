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
import java.util.function.LongSupplier;

/**
 * An outbox without PostgreSQL: each merge takes the batch that is next. Rows that name no
 * registered account are rejected; those of the registered one stay, as if another transaction had
 * just inserted their customer.
 */
final class ScriptedOutbox {

    private record Batch(int rows, String account) {}

    private static final Batch NONE = new Batch(0, "");

    private final Queue<Batch> batches = new ArrayDeque<>();
    private final AtomicInteger merges = new AtomicInteger();
    private boolean scansAgain; // a merge whose scan finds nothing scans once more
    private final ScriptedDatabase database = new ScriptedDatabase(this::answer);

    /** The next merge finds so many rows; -1: the database is away. */
    synchronized ScriptedOutbox batch(int rows) {
        batches.add(new Batch(rows, "unknown"));
        return this;
    }

    /** The next merge finds so many rows, and merges none of them. */
    synchronized ScriptedOutbox staying(int rows) {
        batches.add(new Batch(rows, "default"));
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

    /** All statements so far. */
    List<String> statements() {
        return database.statements();
    }

    OutboxMerge merge() {
        return merge(() -> 0);
    }

    OutboxMerge merge(LongSupplier nanoTime) {
        return new OutboxMerge(
                database.dataSource(),
                new RowReader(new PhoneNormalizer(PhoneRules.standard())),
                new Unregistered(),
                false,
                nanoTime);
    }

    private synchronized List<SequencedMap<String, Object>> answer(String sql, List<Object> values)
            throws SQLException {
        if (sql.contains("outbox_row_numbers")) {
            return List.of(row("default", "id", "auto", true, 0L, 0L, 0, Long.MAX_VALUE, OffsetDateTime.now()));
        }
        if (sql.contains("check_outbox_numbers")) {
            return List.of(row(null, null)); // ids are in order
        }
        if (sql.contains("alohub.phone_rules")) {
            return List.of(row(0)); // rows whose phone is looked at again
        }
        if (!sql.contains("merge_status IS NULL")) {
            return List.of();
        }
        if (scansAgain) {
            scansAgain = false;
            return List.of();
        }
        merges.incrementAndGet();
        Batch batch = batches.isEmpty() ? NONE : batches.remove();
        int rows = batch.rows();
        if (rows < 0) {
            throw new SQLException("away", "08006");
        }
        scansAgain = rows == 0;
        List<SequencedMap<String, Object>> found = new ArrayList<>();
        for (long id = 1; id <= rows; id++) {
            found.add(row(id, batch.account(), "0868793800", null, null, (short) 0, null, false));
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
