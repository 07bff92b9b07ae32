package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.customer.IdRanges;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Which rows of a batch end alone; what the database finds fault with is for DamagedRowIT. */
class FaultyRowsTest {

    private static final String DAMAGED = "XX001";
    private static final String RAISED = "P0001";

    private final Map<Long, String> faults = new HashMap<>(); // SQLSTATE, by row
    private final Set<Long> unmarkable = new HashSet<>();
    private final Set<Long> locked = new HashSet<>(); // by another replica
    private final List<List<?>> batches = new ArrayList<>();
    private final DataSource database = new ScriptedDatabase(this::answer).dataSource();
    private final LockedCustomers skipped = new LockedCustomers(database, () -> 0);
    private final FaultyRows faulty = new FaultyRows(
            database,
            new MergeTransaction(
                    database,
                    new BatchMerge(new RowReader(new PhoneNormalizer(PhoneRules.standard())), new Unregistered()),
                    new RowNumbers(database, () -> 0),
                    skipped),
            skipped,
            false);

    private List<SequencedMap<String, Object>> answer(String sql, List<Object> values) throws SQLException {
        if (sql.contains("outbox_row_numbers")) {
            return List.of(row(null, null, null, true, 0L, 0L, 0, Long.MAX_VALUE, OffsetDateTime.now()));
        }
        if (sql.contains("SET merge_status")) {
            throwIfAny((List<?>) values.getFirst(), unmarkable);
        }
        if (!sql.contains("merge_status IS NULL")) {
            return List.of();
        }
        return values.getFirst() instanceof Long one ? lockOne(one) : lock((List<?>) values.getFirst());
    }

    private static void throwIfAny(List<?> rows, Set<Long> damaged) throws SQLException {
        for (Object row : rows) {
            if (damaged.contains((Long) row)) {
                throw new SQLException("can't be marked", DAMAGED);
            }
        }
    }

    private List<SequencedMap<String, Object>> lockOne(long row) {
        return locked.contains(row) ? List.of() : List.of(row(row));
    }

    private List<SequencedMap<String, Object>> lock(List<?> rows) throws SQLException {
        batches.add(rows);
        List<SequencedMap<String, Object>> found = new ArrayList<>();
        for (Object row : rows) {
            String fault = faults.get((Long) row);
            if (fault != null) {
                throw new SQLException("a fault", fault);
            }
            found.add(row(row, "unknown", "0868793800", null, null, (short) 0, null, false));
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

    private Merged merge(int rows) throws SQLException {
        return faulty.merge(LongStream.rangeClosed(1, rows).boxed().toList());
    }

    private static long unreadable(Merged merged) {
        return merged.rejections().stream().filter(Rejection.UNREADABLE::equals).count();
    }

    private String skippedRows() {
        IdRanges rows = skipped.rows();
        return rows == null ? "none" : rows.from(0);
    }

    @Test
    void halves_are_merged_until_the_damaged_row_is_alone_and_is_rejected() throws SQLException {
        faults.put(5L, DAMAGED);
        Merged merged = merge(8);
        assertEquals(8, merged.rows());
        assertEquals(8, merged.rejected(), "the others for their account");
        assertEquals(1, unreadable(merged));
        assertEquals(0, merged.stayed());
        assertEquals(
                List.of(
                        List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L),
                        List.of(1L, 2L, 3L, 4L),
                        List.of(5L, 6L, 7L, 8L),
                        List.of(5L, 6L),
                        List.of(5L),
                        List.of(6L),
                        List.of(7L, 8L)),
                batches);
        assertNull(skipped.rows());
    }

    @Test
    void several_damaged_rows_keep_none_of_the_others() throws SQLException {
        faults.putAll(Map.of(1L, DAMAGED, 2L, DAMAGED, 7L, "22021"));
        Merged merged = merge(7);
        assertEquals(7, merged.rows());
        assertEquals(3, unreadable(merged));
    }

    @Test
    void a_row_that_another_replica_has_by_now_is_left_to_it() throws SQLException {
        faults.put(1L, DAMAGED);
        locked.add(1L);
        Merged merged = merge(1);
        assertEquals(1, merged.stayed());
        assertEquals(0, merged.skipped());
        assertEquals("none", skippedRows());
    }

    @Test
    void a_row_that_cannot_even_be_marked_stays_and_is_skipped() throws SQLException {
        faults.put(1L, DAMAGED);
        unmarkable.add(1L);
        Merged merged = merge(2);
        assertEquals(1, merged.stayed());
        assertEquals(1, merged.skipped());
        assertEquals("{[1,1]}", skippedRows());
    }

    @Test
    void a_row_that_a_trigger_refuses_stays_new_and_is_skipped() throws SQLException {
        faults.put(2L, RAISED);
        Merged merged = merge(4);
        assertEquals(3, merged.rejected());
        assertEquals(1, merged.stayed());
        assertEquals(1, merged.skipped());
        assertEquals("{[2,2]}", skippedRows());
    }

    @Test
    void a_trigger_that_refuses_more_than_twenty_of_a_batch_ends_it() throws SQLException {
        LongStream.rangeClosed(1, 20).forEach(row -> faults.put(row, RAISED));
        assertEquals(20, merge(32).stayed());
        faults.put(21L, RAISED);
        assertThrows(SQLException.class, () -> merge(32), "the rows are not the reason");
    }

    @Test
    void a_lost_database_is_no_fault_of_a_row() {
        faults.put(1L, "08006");
        assertThrows(SQLException.class, () -> merge(4));
        assertEquals(1, batches.size());
    }
}
