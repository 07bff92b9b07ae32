package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Phone;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Rows of the intake and of imports without a version, beside the versioned rows of an ERP, in an
 * account whose values versions decide.
 */
class UnversionedRowsTest {

    private static final CustomerKey KEY = new CustomerKey("brandb", new Phone("+84868793800"));

    private static ReadRow versioned(long id, long version, String name) {
        return TestRows.read(id, version, KEY, name);
    }

    private static ReadRow unversioned(long id, String name) {
        return new ReadRow(id, id, null, true, KEY, name, null, (short) 0, Set.of());
    }

    /** Each in a merge of its own. */
    private static CustomerState merged(ReadRow... rows) {
        CustomerState state = CustomerState.unknown(KEY);
        for (ReadRow row : rows) {
            state = CustomerMerge.of(state, List.of(row)).after().withId(7);
        }
        return state;
    }

    private static String name(ReadRow... rows) {
        return String.valueOf(merged(rows).name().value());
    }

    @Test
    void a_form_that_comes_after_the_erps_row_is_the_newest() {
        assertEquals("form", name(versioned(1, 10, "erp"), unversioned(2, "form")));
        assertEquals("form", name(unversioned(2, "form"), versioned(1, 10, "erp")));
    }

    @Test
    void a_newer_version_that_comes_after_the_form_is_the_newest() {
        assertEquals("newer", name(versioned(1, 10, "erp"), unversioned(2, "form"), versioned(3, 11, "newer")));
        assertEquals("newer", name(versioned(3, 11, "newer"), unversioned(2, "form"), versioned(1, 10, "erp")));
    }

    @Test
    void an_older_version_that_comes_after_the_form_is_older_than_both() {
        assertEquals("form", name(versioned(1, 10, "erp"), unversioned(2, "form"), versioned(3, 5, "stale")));
        assertEquals("form", name(versioned(3, 5, "stale"), unversioned(2, "form"), versioned(1, 10, "erp")));
        assertEquals("form", name(unversioned(2, "form"), versioned(3, 5, "stale"), versioned(1, 10, "erp")));
    }

    @Test
    void a_form_whose_value_was_replaced_comes_back_when_the_highest_version_turns_out_to_be_older_than_it() {
        ReadRow[] soFar = {versioned(5, 10, "later"), unversioned(3, "form")};
        assertEquals("later", name(soFar));
        CustomerMerge merge = CustomerMerge.of(merged(soFar), List.of(versioned(2, 11, "highest")));
        assertEquals(
                new Field("form", 3, 11L, 2, new Field.Unversioned("form", 3)),
                merge.after().name());
        assertTrue(merge.isNewRevision());
    }

    @Test
    void of_rows_without_a_version_the_higher_id_wins() {
        assertEquals("second", name(unversioned(2, "second"), unversioned(1, "first")));
        assertEquals("second", name(unversioned(1, "first"), unversioned(2, "second")));
    }

    @Test
    void what_was_said_before_versions_counted_yields_to_a_later_form() {
        CustomerState byId = new CustomerState(7, KEY, new Field("old", 5, null, 1), Field.ABSENT, 1, 1, false);
        assertEquals(
                "form",
                CustomerMerge.of(byId, List.of(unversioned(6, "form")))
                        .after()
                        .name()
                        .value());
        assertFalse(CustomerMerge.of(byId, List.of(unversioned(4, "early"))).isNewRevision());
    }

    @Test
    void where_ids_count_again_what_was_kept_is_forgotten() {
        CustomerState before = merged(versioned(1, 10, "erp"), unversioned(2, "form"));
        ReadRow byId = TestRows.read(3, null, KEY, "by id");
        CustomerMerge merge = CustomerMerge.of(before, List.of(byId));
        assertEquals(new Field("by id", 3, null, 3), merge.after().name());
        assertTrue(merge.isUnversionedChanged());
    }

    @Test
    void only_rows_without_a_version_are_kept_beside_the_value() {
        CustomerMerge erp = CustomerMerge.of(CustomerState.unknown(KEY), List.of(versioned(1, 10, "erp")));
        assertFalse(erp.isUnversionedChanged());
        CustomerState state = merged(versioned(1, 10, "erp"), unversioned(2, "form"));
        assertFalse(CustomerMerge.of(state, List.of(versioned(3, 11, "newer"))).isUnversionedChanged());
        assertTrue(CustomerMerge.of(state, List.of(unversioned(3, "form 2"))).isUnversionedChanged());
    }

    @Test
    void any_order_any_split_and_any_repetition_end_in_the_same_value() {
        long seed = 20261126;
        Random random = new Random(seed);
        for (int round = 0; round < 4000; round++) {
            List<ReadRow> rows = history(random);
            String expected = newest(rows);
            String message = "seed " + seed + ", round " + round + ", " + rows;
            CustomerState folded = CustomerState.unknown(KEY);
            List<ReadRow> order = new ArrayList<>(rows);
            order.addAll(rows.subList(0, random.nextInt(rows.size() + 1)));
            Collections.shuffle(order, random);
            for (int from = 0; from < order.size(); ) {
                int to = Math.min(order.size(), from + 1 + random.nextInt(3));
                folded = CustomerMerge.of(folded, order.subList(from, to))
                        .after()
                        .withId(7);
                from = to;
            }
            assertEquals(expected, folded.name().value(), message);
            assertFalse(CustomerMerge.of(folded, rows).isChanged(), message);
        }
    }

    private static List<ReadRow> history(Random random) {
        List<ReadRow> rows = new ArrayList<>();
        for (int id = 1; id <= 1 + random.nextInt(7); id++) {
            rows.add(
                    random.nextInt(3) == 0
                            ? unversioned(id, "form " + id)
                            : versioned(id, random.nextInt(5), "erp " + id));
        }
        return rows;
    }

    /**
     * The rule in the plainest way: the last row without a version against the row with the highest
     * one, by their ids.
     */
    private static String newest(List<ReadRow> rows) {
        return java.util.stream.Stream.of(
                        rows.stream().filter(ReadRow::unversioned).max(Comparator.comparing(ReadRow::id)),
                        rows.stream()
                                .filter(row -> !row.unversioned())
                                .max(Comparator.comparing(ReadRow::version).thenComparing(ReadRow::id)))
                .flatMap(java.util.Optional::stream)
                .max(Comparator.comparing(ReadRow::id))
                .orElseThrow()
                .name();
    }
}
