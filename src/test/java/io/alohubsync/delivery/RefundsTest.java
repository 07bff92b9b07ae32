package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.customer.Refund;
import io.alohubsync.loop.DueLocks;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RefundsTest {

    /** Customers that another transaction holds. */
    private final Set<Long> lockedElsewhere = new TreeSet<>();

    private final List<Object> refunded = new ArrayList<>();
    private boolean away;
    private final ScriptedDatabase database = new ScriptedDatabase(this::answer);
    private final Refunds refunds = new Refunds(database.dataSource(), new DueLocks(() -> 0));

    private List<SequencedMap<String, Object>> answer(String sql, List<Object> values) throws SQLException {
        if (away) {
            throw new SQLException("away", "08006");
        }
        List<?> customers = (List<?>) values.getFirst();
        if (sql.contains("UPDATE alohub.")) {
            refunded.addAll(customers);
            return List.of();
        }
        return customers.stream()
                .filter(customer -> !lockedElsewhere.contains(customer))
                .<SequencedMap<String, Object>>map(customer -> new LinkedHashMap<>(Map.of("id", customer)))
                .toList();
    }

    private void add(long... customers) {
        for (long customer : customers) {
            refunds.add(List.of(new Refund(customer, 1, 1)));
        }
    }

    private void round(Long... unwritten) {
        refunds.collect();
        refunds.write(Set.of(unwritten));
    }

    @Test
    void an_attempt_is_refunded_after_its_settlement_was_written_and_not_before() {
        add(1, 2);
        round(1L);
        assertEquals(List.of(2L), refunded);
        assertFalse(refunds.isEmpty());
        round();
        assertEquals(List.of(2L, 1L), refunded);
        assertTrue(refunds.isEmpty());
    }

    @Test
    void while_nothing_can_be_refunded_the_database_is_not_asked() {
        round();
        add(1);
        round(1L);
        assertEquals(List.of(), database.statements());
    }

    @Test
    void what_is_added_during_a_round_waits_for_the_next_whose_settlements_are_known() {
        refunds.collect();
        add(1);
        refunds.write(Set.of());
        assertEquals(List.of(), refunded);
        round();
        assertEquals(List.of(1L), refunded);
    }

    @Test
    void a_refund_that_the_database_did_not_take_is_tried_again() {
        add(1);
        away = true;
        round();
        assertFalse(refunds.isEmpty());
        away = false;
        round();
        assertEquals(List.of(1L), refunded);
        round();
        assertEquals(List.of(1L), refunded, "once");
    }

    @Test
    void a_customer_that_another_transaction_holds_is_refunded_later_and_delays_no_other() {
        add(1, 2);
        lockedElsewhere.add(1L);
        round();
        assertEquals(List.of(2L), refunded);
        lockedElsewhere.clear();
        round();
        assertEquals(List.of(2L, 1L), refunded);
    }
}
