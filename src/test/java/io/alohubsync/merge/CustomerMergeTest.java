package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.Field;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.customer.RowStatus.MergeStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CustomerMergeTest {

    private static final CustomerKey KEY = new CustomerKey("default", new Phone("+84868793800"));
    private static final long ID = 7;

    // Content

    @Test
    void a_first_row_makes_a_customer_with_revision_1() {
        CustomerMerge merge = CustomerMerge.of(unknown(), List.of(row(5, "Bằng", "bang@gmail.com")));
        assertEquals(new Field("Bằng", 5, null, 1), merge.after().name());
        assertEquals(new Field("bang@gmail.com", 5, null, 1), merge.after().email());
        assertEquals(1, merge.after().wanted());
        assertEquals(0, merge.after().delivered());
        assertTrue(merge.isNewRevision());
    }

    @Test
    void a_row_of_only_a_phone_makes_a_customer_too() {
        CustomerMerge merge = CustomerMerge.of(unknown(), List.of(row(5, null, null)));
        assertEquals(Field.ABSENT, merge.after().name());
        assertEquals(Field.ABSENT, merge.after().email());
        assertEquals(1, merge.after().wanted());
        assertTrue(merge.isNewRevision());
    }

    @Test
    void each_field_takes_its_newest_value_and_a_blank_says_nothing() {
        CustomerMerge merge = CustomerMerge.of(
                unknown(), List.of(row(3, null, "new@x.vn"), row(1, "Old", "old@x.vn"), row(2, "New", null)));
        assertEquals("New", merge.after().name().value());
        assertEquals(2, merge.after().name().row());
        assertEquals("new@x.vn", merge.after().email().value());
        assertEquals(3, merge.after().email().row());
    }

    @Test
    void a_hundred_rows_of_one_merge_are_one_revision() {
        List<ReadRow> rows = new ArrayList<>();
        for (int id = 1; id <= 100; id++) {
            rows.add(row(id, "Name " + id, null));
        }
        CustomerMerge merge = CustomerMerge.of(delivered("Name 0", null), rows);
        assertEquals(2, merge.after().wanted());
        assertEquals(new Field("Name 100", 100, null, 2), merge.after().name());
    }

    @Test
    void a_late_row_with_a_lower_id_loses() {
        CustomerState before = state(field("New", 10, 1), Field.ABSENT, 1, 1);
        CustomerMerge merge = CustomerMerge.of(before, List.of(row(9, "Old", null)));
        assertEquals(before, merge.after());
        assertFalse(merge.isNewRevision());
        assertFalse(merge.isChanged());
        assertEquals(MergeStatus.SUPERSEDED, rowStatus(merge, 0).mergeStatus());
    }

    @Test
    void a_late_row_that_adds_a_field_is_sent_although_its_id_is_low() {
        CustomerMerge merge = CustomerMerge.of(
                state(field("New", 10, 1), Field.ABSENT, 1, 1), List.of(row(9, "Old", "bang@gmail.com")));
        assertEquals("New", merge.after().name().value());
        assertEquals(new Field("bang@gmail.com", 9, null, 2), merge.after().email());
        assertTrue(merge.isNewRevision());
        RowStatus mergeStatus = rowStatus(merge, 0);
        assertEquals(MergeStatus.MERGED, mergeStatus.mergeStatus());
        assertFalse(mergeStatus.carriesName());
        assertTrue(mergeStatus.carriesEmail());
    }

    @Test
    void a_value_said_again_moves_on_its_row_and_keeps_its_revision() {
        CustomerMerge merge =
                CustomerMerge.of(state(field("Bằng", 5, 1), Field.ABSENT, 3, 3), List.of(row(9, "Bằng", null)));
        assertEquals(new Field("Bằng", 9, null, 1), merge.after().name());
        assertEquals(3, merge.after().wanted());
        assertFalse(merge.isNewRevision());
        assertTrue(merge.isChanged());
        // or a value between the two would come to win
        CustomerMerge late = CustomerMerge.of(merge.after(), List.of(row(7, "Khác", null)));
        assertEquals("Bằng", late.after().name().value());
    }

    @Test
    void nothing_is_delivered_by_a_merge() {
        CustomerMerge merge = CustomerMerge.of(state(field("A", 1, 1), Field.ABSENT, 4, 2), List.of(row(2, "B", null)));
        assertEquals(5, merge.after().wanted());
        assertEquals(2, merge.after().delivered());
        assertTrue(merge.isUnsettled());
    }

    @Test
    void the_most_urgent_row_decides_the_priority() {
        ReadRow urgent = TestRows.read(1, null, KEY, null, null, 5);
        ReadRow bulk = TestRows.read(2, null, KEY, null, null, -5);
        assertEquals(5, CustomerMerge.of(unknown(), List.of(bulk, urgent)).priority());
        assertEquals(-5, CustomerMerge.of(unknown(), List.of(bulk)).priority());
    }

    // Statuses

    @Test
    void rows_of_a_new_customer_are_merged() {
        CustomerMerge merge =
                CustomerMerge.of(unknown(), List.of(row(1, "A", "a@x.vn"), row(2, "A", null), row(3, null, null)));
        assertEquals(List.of(MergeStatus.MERGED, MergeStatus.MERGED, MergeStatus.MERGED), statuses(merge));
    }

    @Test
    void a_row_whose_every_value_was_replaced_in_the_same_merge_is_superseded() {
        CustomerMerge merge = CustomerMerge.of(
                unknown(),
                List.of(row(1, "A", "a@x.vn"), row(2, "B", null), row(3, null, "b@x.vn"), row(4, "C", null)));
        assertEquals(
                List.of(MergeStatus.SUPERSEDED, MergeStatus.SUPERSEDED, MergeStatus.MERGED, MergeStatus.MERGED),
                statuses(merge));
    }

    @Test
    void a_row_that_keeps_one_of_its_values_is_merged() {
        CustomerMerge merge = CustomerMerge.of(unknown(), List.of(row(1, "A", "a@x.vn"), row(2, "B", null)));
        RowStatus mergeStatus = rowStatus(merge, 0);
        assertEquals(MergeStatus.MERGED, mergeStatus.mergeStatus());
        assertFalse(mergeStatus.carriesName());
        assertTrue(mergeStatus.carriesEmail());
    }

    @Test
    void a_row_equal_to_what_is_wanted_and_delivered_is_unchanged() {
        CustomerState delivered = delivered("A", "a@x.vn");
        for (ReadRow again : List.of(
                row(9, "A", "a@x.vn"),
                row(9, "A", null),
                row(9, null, "a@x.vn"),
                row(9, null, null),
                row(1, "A", null))) {
            CustomerMerge merge = CustomerMerge.of(delivered, List.of(again));
            assertEquals(MergeStatus.UNCHANGED, rowStatus(merge, 0).mergeStatus());
            assertFalse(merge.isNewRevision());
            assertFalse(merge.isUnsettled());
        }
    }

    @Test
    void a_row_equal_to_what_is_wanted_but_not_delivered_shares_that_revisions_status() {
        for (CustomerState undelivered : List.of(
                state(field("A", 5, 1), Field.ABSENT, 1, 0), // never accepted
                state(field("A", 5, 1), field("a@x.vn", 6, 2), 2, 1), // accepted, then an e-mail came
                state(field("A", 5, 1), Field.ABSENT, 2, 1))) { // a resync
            CustomerMerge merge = CustomerMerge.of(undelivered, List.of(row(9, "A", null), row(10, null, null)));
            assertEquals(List.of(MergeStatus.MERGED, MergeStatus.MERGED), statuses(merge));
            assertFalse(merge.isNewRevision());
        }
    }

    @Test
    void a_then_b_then_a_again_is_not_unchanged() {
        CustomerMerge toB = CustomerMerge.of(delivered("A", null), List.of(row(9, "B", null)));
        CustomerMerge backToA = CustomerMerge.of(toB.after(), List.of(row(10, "A", null)));
        assertEquals(MergeStatus.MERGED, rowStatus(backToA, 0).mergeStatus());
        assertTrue(backToA.isNewRevision(), "B may be in flight: A must be sent again");
        assertEquals(new Field("A", 10, null, 3), backToA.after().name());
    }

    @Test
    void b_and_a_again_in_one_merge_change_nothing() {
        CustomerMerge merge = CustomerMerge.of(delivered("A", null), List.of(row(9, "B", null), row(10, "A", null)));
        assertFalse(merge.isNewRevision());
        assertEquals(List.of(MergeStatus.SUPERSEDED, MergeStatus.UNCHANGED), statuses(merge));
    }

    @Test
    void an_equal_name_beside_a_replaced_email_is_neither_unchanged_nor_superseded() {
        CustomerState before = state(field("A", 5, 1), field("new@x.vn", 8, 1), 1, 1);
        CustomerMerge merge = CustomerMerge.of(before, List.of(row(7, "A", "old@x.vn")));
        RowStatus mergeStatus = rowStatus(merge, 0);
        assertEquals(MergeStatus.MERGED, mergeStatus.mergeStatus());
        assertTrue(mergeStatus.carriesName());
        assertFalse(mergeStatus.carriesEmail());
        assertFalse(merge.isNewRevision());
    }

    @Test
    void a_status_has_its_row_its_customer_and_its_repairs() {
        ReadRow repaired = TestRows.read(5, null, KEY, "A", null, 0, Reason.PHONE_LEADING_ZERO);
        CustomerMerge merge = CustomerMerge.of(unknown(), List.of(repaired));
        CustomerState customer = merge.after().withId(ID);
        RowStatus mergeStatus = merge.statuses(customer).getFirst();
        assertEquals(
                new RowStatus(5, MergeStatus.MERGED, customer, true, false, Set.of(Reason.PHONE_LEADING_ZERO)),
                mergeStatus);
    }

    // Values that nobody has accepted and nobody wants any more

    @Test
    void a_value_replaced_before_its_delivery_is_recorded_with_its_revisions() {
        CustomerState before = state(field("A", 5, 2), field("a@x.vn", 6, 3), 4, 1);
        CustomerMerge merge = CustomerMerge.of(before, List.of(row(9, "B", "b@x.vn")));
        assertEquals(
                List.of(new ReplacedValue(ID, "name", 2, 4), new ReplacedValue(ID, "email", 3, 4)), merge.replaced());
    }

    @Test
    void a_delivered_value_is_replaced_without_a_record() {
        assertEquals(
                List.of(),
                CustomerMerge.of(delivered("A", "a@x.vn"), List.of(row(9, "B", "b@x.vn")))
                        .replaced());
        // the name was accepted in revision 1, the e-mail of revision 2 was not
        CustomerState half = state(field("A", 5, 1), field("a@x.vn", 6, 2), 2, 1);
        assertEquals(
                List.of(new ReplacedValue(ID, "email", 2, 2)),
                CustomerMerge.of(half, List.of(row(9, "B", "b@x.vn"))).replaced());
    }

    @Test
    void what_was_never_wanted_is_not_recorded() {
        assertEquals(
                List.of(),
                CustomerMerge.of(unknown(), List.of(row(1, "A", null), row(2, "B", null)))
                        .replaced());
        CustomerState undelivered = state(field("A", 5, 1), Field.ABSENT, 1, 0);
        assertEquals(
                List.of(),
                CustomerMerge.of(undelivered, List.of(row(4, "Late", "a@x.vn"))).replaced());
        assertEquals(
                List.of(),
                CustomerMerge.of(undelivered, List.of(row(9, "A", null))).replaced());
    }

    // The merge is commutative, associative and idempotent

    @Test
    void any_order_any_split_and_any_repetition_end_in_the_same_content() {
        long seed = 20260301;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            List<ReadRow> history = history(random);
            CustomerState folded = unknown();
            for (List<ReadRow> batch : batches(history, random)) {
                folded = fold(folded, batch, random);
            }
            String message = "seed " + seed + ", round " + round + ", " + history;
            assertContent(newest(history, ReadRow::name), folded.name(), message);
            assertContent(newest(history, ReadRow::email), folded.email(), message);
            assertEquals(folded, CustomerMerge.of(folded, history).after(), message);
        }
    }

    // Where the source's versions decide

    @Test
    void the_highest_version_wins_whatever_its_id() {
        CustomerMerge merge = CustomerMerge.of(
                unknown(),
                List.of(row(1, 30, "Newest", null), row(9, 10, "Old", "old@x.vn"), row(5, 20, "Newer", "new@x.vn")));
        assertEquals(new Field("Newest", 1, 30L, 1), merge.after().name());
        assertEquals(new Field("new@x.vn", 5, 20L, 1), merge.after().email());
        assertEquals(List.of(MergeStatus.MERGED, MergeStatus.SUPERSEDED, MergeStatus.MERGED), statuses(merge));
    }

    @Test
    void of_equal_versions_the_higher_id_wins() {
        CustomerMerge merge = CustomerMerge.of(
                unknown(), List.of(row(7, 20, "B", null), row(9, 20, "C", null), row(8, 20, "A", null)));
        assertEquals(new Field("C", 9, 20L, 1), merge.after().name());
        assertEquals(
                merge.after().name(),
                CustomerMerge.of(merge.after().withId(ID), List.of(row(8, 20, "D", null)))
                        .after()
                        .name());
    }

    @Test
    void a_late_row_has_a_lower_version_not_a_lower_id() {
        CustomerState before = state(new Field("New", 5, 20L, 1), Field.ABSENT, 1, 1);
        CustomerMerge late = CustomerMerge.of(before, List.of(row(9, 19, "Old", null)));
        assertEquals(before, late.after());
        assertEquals(MergeStatus.SUPERSEDED, rowStatus(late, 0).mergeStatus());
        assertEquals(1, late.outOfOrderRows());
        CustomerMerge newer = CustomerMerge.of(before, List.of(row(3, 21, "Newer", null)));
        assertEquals(new Field("Newer", 3, 21L, 2), newer.after().name());
        assertEquals(0, newer.outOfOrderRows());
        assertEquals(
                0, CustomerMerge.of(before, List.of(row(5, 20, "New", null))).outOfOrderRows(), "the same row");
    }

    @Test
    void versions_below_zero_are_older_than_zero() {
        CustomerMerge merge = CustomerMerge.of(unknown(), List.of(row(2, -5, "Older", null), row(1, 0, "Newer", null)));
        assertEquals("Newer", merge.after().name().value());
    }

    @Test
    void a_value_said_again_moves_on_its_version_and_keeps_its_revision() {
        CustomerMerge merge = CustomerMerge.of(
                state(new Field("Bằng", 5, 20L, 1), Field.ABSENT, 3, 3), List.of(row(4, 30, "Bằng", null)));
        assertEquals(new Field("Bằng", 4, 30L, 1), merge.after().name());
        assertFalse(merge.isNewRevision());
        assertTrue(merge.isChanged());
    }

    @Test
    void the_first_version_wins_over_what_was_said_before_versions_counted() {
        CustomerState byId = state(field("By id", 10, 1), field("a@x.vn", 10, 1), 1, 1);
        CustomerMerge merge = CustomerMerge.of(byId, List.of(row(3, 1, "By version", null)));
        assertEquals(new Field("By version", 3, 1L, 2), merge.after().name());
        assertEquals(byId.email(), merge.after().email());
    }

    @Test
    void where_ids_count_again_a_higher_id_wins_and_versions_are_forgotten() {
        CustomerState byVersion = state(new Field("By version", 10, 20L, 1), Field.ABSENT, 1, 1);
        assertFalse(CustomerMerge.of(byVersion, List.of(row(9, "Late", null))).isChanged());
        CustomerMerge merge = CustomerMerge.of(byVersion, List.of(row(11, "By id", null)));
        assertEquals(new Field("By id", 11, null, 2), merge.after().name());
    }

    @Test
    void any_order_and_split_end_in_the_same_content_from_any_content_on() {
        long seed = 20260302;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            CustomerState folded = unknown();
            for (int era = 0; era < 3; era++) { // the account's order is set anew
                List<ReadRow> history = random.nextBoolean() ? history(random) : versioned(history(random), random);
                Field name = newest(folded.name(), history, ReadRow::name);
                Field email = newest(folded.email(), history, ReadRow::email);
                for (List<ReadRow> batch : batches(history, random)) {
                    folded = fold(folded, batch, random);
                }
                String message = "seed " + seed + ", round " + round + ", era " + era + ", " + history;
                assertSaid(name, folded.name(), message);
                assertSaid(email, folded.email(), message);
                assertEquals(folded, CustomerMerge.of(folded, history).after(), message);
            }
        }
    }

    private static List<ReadRow> versioned(List<ReadRow> history, Random random) {
        return history.stream()
                .map(row -> row(row.id(), random.nextInt(6) - 1, row.name(), row.email()))
                .toList();
    }

    /** The same in the plainest way: of the rows the last one, if it comes after what is there. */
    private static Field newest(Field there, List<ReadRow> rows, Function<ReadRow, String> field) {
        Comparator<ReadRow> order = Comparator.comparing((ReadRow row) -> row.version() == null ? 0 : row.version())
                .thenComparing(ReadRow::id);
        ReadRow last =
                rows.stream().filter(row -> field.apply(row) != null).max(order).orElse(null);
        if (last == null) {
            return there;
        }
        ReadRow before = TestRows.read(there.row(), there.version(), KEY, null);
        boolean byId = last.version() == null;
        boolean firstVersion = !byId && there.version() == null;
        boolean after = byId ? last.id() > there.row() : firstVersion || order.compare(last, before) > 0;
        return after ? new Field(field.apply(last), last.id(), last.version(), 0) : there;
    }

    private static void assertSaid(Field expected, Field actual, String message) {
        assertEquals(expected.value(), actual.value(), message);
        assertEquals(expected.row(), actual.row(), message);
        assertEquals(expected.version(), actual.version(), message);
    }

    /** One merge with what must hold of any; now and then a call is accepted after it. */
    private static CustomerState fold(CustomerState before, List<ReadRow> batch, Random random) {
        CustomerMerge merge = CustomerMerge.of(before, batch);
        CustomerState after = merge.after().withId(ID);
        boolean sameContent = after.name().value() == before.name().value() // values are interned literals
                && after.email().value() == before.email().value();
        assertEquals(before.isNew() || !sameContent, merge.isNewRevision());
        assertEquals(merge.isNewRevision() ? before.wanted() + 1 : before.wanted(), after.wanted());
        assertTrue(after.name().revision() <= after.wanted() && after.email().revision() <= after.wanted());
        assertEquals(batch.size(), merge.statuses(after).size());
        for (RowStatus mergeStatus : merge.statuses(after)) {
            if (mergeStatus.mergeStatus() == MergeStatus.UNCHANGED) {
                assertTrue(before.isAtRest() && !merge.isNewRevision());
            }
        }
        for (ReplacedValue replaced : merge.replaced()) {
            assertTrue(before.delivered() < replaced.firstRevision());
            assertEquals(before.wanted(), replaced.lastRevision());
        }
        int delivered = random.nextInt(3) == 0 ? after.wanted() : after.delivered();
        return new CustomerState(ID, KEY, after.name(), after.email(), after.wanted(), delivered, false);
    }

    private static List<ReadRow> history(Random random) {
        String[] names = {null, "A", "B", "C"};
        String[] emails = {null, "a@x.vn", "b@x.vn"};
        List<ReadRow> rows = new ArrayList<>();
        int length = 1 + random.nextInt(8);
        long id = 0;
        for (int i = 0; i < length; i++) {
            id += 1 + random.nextInt(3);
            rows.add(row(id, names[random.nextInt(names.length)], emails[random.nextInt(emails.length)]));
        }
        return rows;
    }

    /** All rows, some of them twice, in any order, split anywhere: as replicas might merge them. */
    private static List<List<ReadRow>> batches(List<ReadRow> history, Random random) {
        List<ReadRow> rows = new ArrayList<>(history);
        for (ReadRow row : history) {
            if (random.nextInt(4) == 0) {
                rows.add(row);
            }
        }
        Collections.shuffle(rows, random);
        List<List<ReadRow>> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int to = Math.min(rows.size(), from + 1 + random.nextInt(4));
            batches.add(rows.subList(from, to));
            from = to;
        }
        return batches;
    }

    /** What the docs say the content is, in the plainest way. */
    private static ReadRow newest(List<ReadRow> history, Function<ReadRow, String> field) {
        ReadRow newest = null;
        for (ReadRow row : history) { // in the order of their ids
            if (field.apply(row) != null) {
                newest = row;
            }
        }
        return newest == null ? null : row(newest.id(), field.apply(newest), null);
    }

    private static void assertContent(ReadRow expected, Field actual, String message) {
        assertEquals(expected == null ? null : expected.name(), actual.value(), message);
        assertEquals(expected == null ? 0 : expected.id(), actual.row(), message);
    }

    private static List<MergeStatus> statuses(CustomerMerge merge) {
        return merge.statuses(merge.after().withId(ID)).stream()
                .map(RowStatus::mergeStatus)
                .toList();
    }

    private static RowStatus rowStatus(CustomerMerge merge, int row) {
        return merge.statuses(merge.after().withId(ID)).get(row);
    }

    private static CustomerState unknown() {
        return CustomerState.unknown(KEY);
    }

    private static CustomerState delivered(String name, String email) {
        return state(field(name, 5, 1), field(email, 5, 1), 1, 1);
    }

    private static CustomerState state(Field name, Field email, int wanted, int delivered) {
        return new CustomerState(ID, KEY, name, email, wanted, delivered, false);
    }

    private static Field field(String value, long row, int revision) {
        return value == null ? Field.ABSENT : new Field(value, row, null, revision);
    }

    private static ReadRow row(long id, String name, String email) {
        return TestRows.read(id, null, KEY, name, email, 0);
    }

    private static ReadRow row(long id, long version, String name, String email) {
        return TestRows.read(id, version, KEY, name, email, 0);
    }
}
