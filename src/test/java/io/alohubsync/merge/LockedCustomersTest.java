package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.IdRanges;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LockedCustomersTest {

    private static final CustomerKey ONE = new CustomerKey("default", new Phone("+84868793800"));
    private static final CustomerKey OTHER = new CustomerKey("default", new Phone("+84868793801"));

    private long now = 1;
    private boolean oneIsFree;
    private String searchFails; // SQLSTATE
    private final ScriptedDatabase database = new ScriptedDatabase(this::answer);
    private final LockedCustomers locked = new LockedCustomers(database.dataSource(), () -> now);

    private List<SequencedMap<String, Object>> answer(String sql, List<Object> values) throws SQLException {
        if (sql.contains("FOR NO KEY UPDATE")) {
            assertEquals(List.of(List.of("default"), List.of("+84868793800")), values, "the skipped customer alone");
            return oneIsFree ? List.of(customer(ONE)) : List.of();
        }
        if (searchFails != null) {
            throw new SQLException("a row that can't be read", searchFails);
        }
        long first = (Long) ((List<?>) values.getFirst()).getFirst();
        return List.of(pair(first, 101), pair(first, 102)); // further rows with the spelling of that one
    }

    private static SequencedMap<String, Object> customer(CustomerKey key) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("account", key.account());
        row.put("phone", key.phone().e164());
        return row;
    }

    private static SequencedMap<String, Object> pair(long given, long found) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("given", given);
        row.put("found", found);
        return row;
    }

    /** A merge of so many rows, of which those of one customer stayed. */
    private int merged(int rows, CustomerKey customer, long... stayed) {
        List<ReadRow> its = LongStream.of(stayed)
                .mapToObj(id -> TestRows.read(id, null, customer, "A"))
                .toList();
        Merged merged = new Merged(rows, 0, stayed.length, 0, 0, 0, Set.of(), Map.of(), List.of());
        return locked.skip(merged, Map.of(customer, its));
    }

    private void after(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private String skipped() {
        IdRanges rows = locked.rows();
        return rows == null ? "none" : rows.from(0);
    }

    @Test
    void rows_are_skipped_once_half_of_a_batch_stays() {
        assertEquals(0, merged(5, ONE, 1, 2));
        assertNull(locked.rows(), "the next scan finds them again");
        assertEquals(2, merged(4, ONE, 1, 2));
        assertEquals("{[1,2]}", skipped());
    }

    @Test
    void a_customer_is_tried_when_it_is_time_and_its_rows_are_taken_once_it_is_free() throws SQLException {
        merged(2, ONE, 1, 2);
        after(19);
        assertFalse(locked.tryAgain());
        assertEquals(List.of(), database.statements(), "too early");
        after(1);
        assertFalse(locked.tryAgain());
        assertEquals(1, database.statements().size());
        assertEquals("{[1,2]}", skipped());
        assertEquals(Duration.ofMillis(40), locked.untilNextTry(Duration.ofSeconds(1)));
        oneIsFree = true;
        after(40);
        assertTrue(locked.tryAgain(), "a full scan is to find them");
        assertEquals("none", skipped());
    }

    @Test
    void further_rows_are_searched_for_only_if_a_customer_has_many_and_stays_locked() throws SQLException {
        merged(4, ONE, 1, 2, 3, 4);
        locked.findAlike();
        assertEquals(List.of(), database.statements(), "a settlement may hold it for a moment");
        after(20);
        locked.tryAgain();
        merged(3, ONE, 5, 6, 7);
        locked.findAlike();
        assertEquals(1, database.statements().size(), "three rows are few: only the try");
        merged(4, ONE, 8, 9, 10, 11);
        locked.findAlike();
        assertEquals("{[1,11],[101,102]}", skipped());
        locked.findAlike();
        assertEquals(2, database.statements().size(), "once");
    }

    @Test
    void a_search_that_meets_a_damaged_row_is_left_out_and_a_lost_database_is_not() throws SQLException {
        merged(1, ONE, 1);
        after(20);
        locked.tryAgain();
        merged(4, ONE, 2, 3, 4, 5);
        searchFails = "XX001";
        locked.findAlike();
        assertEquals("{[1,5]}", skipped());
        merged(4, ONE, 6, 7, 8, 9);
        searchFails = "08006";
        assertThrows(SQLException.class, locked::findAlike);
    }

    @Test
    void a_row_that_cannot_be_marked_is_skipped_for_a_minute_without_a_question() throws SQLException {
        locked.skip(7);
        after(59_999);
        assertFalse(locked.tryAgain());
        assertEquals("{[7,7]}", skipped());
        after(1);
        assertTrue(locked.tryAgain());
        assertEquals("none", skipped());
        assertEquals(List.of(), database.statements());
    }

    @Test
    void customers_are_skipped_side_by_side() throws SQLException {
        merged(2, ONE, 1, 2);
        after(5);
        merged(2, OTHER, 3, 4);
        after(15);
        oneIsFree = true;
        assertTrue(locked.tryAgain());
        assertEquals("{[3,4]}", skipped(), "the other is tried later");
    }
}
