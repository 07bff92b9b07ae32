package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.customer.OutboxNumbers.Highest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RowNumbersTest {

    private long now;
    private final List<Object> asked = new ArrayList<>();
    private final ScriptedDatabase database = new ScriptedDatabase((sql, values) -> {
        asked.add(values);
        SequencedMap<String, Object> inOrder = new LinkedHashMap<>();
        inOrder.put("to", null);
        return List.of(inOrder);
    });
    private final RowNumbers numbers = new RowNumbers(database.dataSource(), () -> now);

    @Test
    void the_sequence_is_checked_at_once_and_then_every_ten_seconds() throws SQLException {
        numbers.raiseSequenceIfDue();
        numbers.raiseSequenceIfDue();
        assertEquals(1, asked.size());
        now = TimeUnit.SECONDS.toNanos(10) - 1;
        numbers.raiseSequenceIfDue();
        assertEquals(1, asked.size());
        now++;
        numbers.raiseSequenceIfDue();
        numbers.raiseSequenceIfDue();
        assertEquals(2, asked.size());
    }

    @Test
    void the_highest_number_stays_when_batches_are_committed_in_another_order() throws SQLException {
        numbers.learn(new Highest(7, 0, 7));
        numbers.learn(new Highest(5, 0, 7));
        assertEquals(new Highest(7, 0, 7), numbers.highest());
        numbers.raiseSequence();
        assertEquals(List.of(List.of(7L, 0)), asked, "the database is asked with it");
    }

    @Test
    void after_ids_have_started_again_a_lower_number_is_the_highest() {
        numbers.learn(new Highest(7, 0, 7));
        numbers.learn(new Highest(3, 1, 7));
        numbers.learn(new Highest(9, 0, 9));
        assertEquals(new Highest(3, 1, 7), numbers.highest());
    }
}
