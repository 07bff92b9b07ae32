package io.alohubsync.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.account.RowOrder;
import io.alohubsync.cli.verify.Difference.Cause;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.Field;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.merge.CustomerMerge;
import io.alohubsync.merge.ReadRow;
import io.alohubsync.merge.RowReader;
import io.alohubsync.merge.TestRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Merged rows against what their customer holds. */
class RecheckTest {

    private static final CustomerKey KEY = new CustomerKey("default", new Phone("+84868793800"));
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final RowOrder BY_VERSION = new RowOrder(true, VersionUnit.COUNT);
    private static final RowReader READER = new RowReader(
            new PhoneNormalizer(PhoneRules.standard()),
            new NameNormalizer(List.of("Khách lẻ")),
            new EmailNormalizer(List.of()));

    private static NewRow row(long id, String name, Long version, boolean ranksById) {
        return new NewRow(id, id, "default", "0868793800", name, null, (short) 0, version, ranksById);
    }

    private static NewRow row(long id, String name) {
        return row(id, name, null, false);
    }

    private static MergedRow merged(NewRow row, Field name) {
        return new MergedRow(row, 7, new MergedRow.Held(KEY, name, Field.ABSENT));
    }

    private static Recheck recheck(RowOrder order) {
        return new Recheck(
                READER, Map.of("default", order), new OutboxNumbers(true, 0, 0, 0, OutboxNumbers.HIGHEST_SET));
    }

    private static List<Cause> causes(RowOrder order, NewRow row, Field name) {
        return recheck(order).check(merged(row, name)).stream()
                .map(Difference::cause)
                .toList();
    }

    private static Field held(String value, long row) {
        return new Field(value, row, null, 1);
    }

    @Test
    void the_row_that_decided_says_the_value_as_the_merge_reads_it() {
        assertEquals(List.of(), causes(RowOrder.BY_ID, row(5, "  Thủy "), held("Thủy", 5)));
        assertEquals(List.of(Cause.OTHER_VALUE), causes(RowOrder.BY_ID, row(5, "Thủy"), held("Khác", 5)));
        assertEquals(List.of(Cause.OTHER_VALUE), causes(RowOrder.BY_ID, row(5, "Khách lẻ"), held("Khách lẻ", 5)));
    }

    @Test
    void a_row_that_would_change_the_customer_was_not_applied() {
        assertEquals(List.of(Cause.NEWER_ROW), causes(RowOrder.BY_ID, row(6, "Newer"), held("Thủy", 5)));
        assertEquals(List.of(), causes(RowOrder.BY_ID, row(4, "Older"), held("Thủy", 5)));
        assertEquals(List.of(), causes(RowOrder.BY_ID, row(6, null), held("Thủy", 5)));
        assertEquals(List.of(Cause.NEWER_ROW), causes(RowOrder.BY_ID, row(6, "Only"), Field.ABSENT));
        Field version = new Field("Thủy", 5, 20L, 1);
        assertEquals(List.of(Cause.NEWER_ROW), causes(BY_VERSION, row(2, "Newer", 21L, false), version));
        assertEquals(List.of(), causes(BY_VERSION, row(9, "Older", 19L, false), version));
        assertEquals(List.of(Cause.NEWER_ROW), causes(BY_VERSION, row(6, "Form", null, true), version));
        assertEquals(List.of(), causes(BY_VERSION, row(4, "Form", null, true), version));
    }

    @Test
    void the_row_that_decided_must_be_of_the_customer() {
        NewRow other = TestRows.written(5, "default", "0912000001", "Thủy", null);
        assertEquals(List.of(Cause.OTHER_PHONE), causes(RowOrder.BY_ID, other, held("Thủy", 5)));
        NewRow unreadable = TestRows.written(5, "default", "none", "Thủy", null);
        assertEquals(List.of(Cause.OTHER_PHONE), causes(RowOrder.BY_ID, unreadable, held("Thủy", 5)));
        assertEquals(List.of(), causes(RowOrder.BY_ID, unreadable, held("Thủy", 6)), "it decided nothing");
        assertEquals(
                Cause.NO_CUSTOMER,
                recheck(RowOrder.BY_ID)
                        .check(new MergedRow(row(5, "Thủy"), 7, null))
                        .getFirst()
                        .cause());
    }

    @Test
    void rows_from_before_the_accounts_order_was_set_anew_are_no_difference() {
        assertEquals(List.of(), causes(BY_VERSION, row(4, "Older", 9L, false), held("By id", 5)));
        assertEquals(List.of(), causes(BY_VERSION, row(9, "Without"), new Field("Version", 3, 1L, 1)));
        assertEquals(List.of(), causes(RowOrder.BY_ID, row(9, "Lost"), new Field("Version", 3, 1L, 1)));
        assertEquals(List.of(), causes(BY_VERSION, row(5, "Decided"), held("Decided", 5)));
    }

    @Test
    void ids_that_started_again_are_numbers() {
        Recheck recheck =
                new Recheck(READER, Map.of(), new OutboxNumbers(true, 10, 1000, 1, OutboxNumbers.HIGHEST_SET));
        assertEquals(List.of(), recheck.check(merged(row(5, "Thủy"), held("Thủy", 1005))));
        assertEquals(1, recheck.checked());
        assertEquals(
                Cause.NEWER_ROW,
                recheck.check(merged(row(6, "Newer"), held("Thủy", 900)))
                        .getFirst()
                        .cause());
    }

    @Test
    void fields_are_checked_once_by_the_row_that_decided() {
        Recheck recheck = recheck(RowOrder.BY_ID);
        recheck.check(merged(row(4, "Older"), held("Thủy", 5)));
        assertEquals(0, recheck.checked());
        recheck.check(merged(row(5, "Thủy"), held("Thủy", 5)));
        assertEquals(1, recheck.checked());
    }

    /** Whatever the merge makes of rows with and without versions differs in nothing. */
    @Test
    void what_was_merged_is_as_it_should_be() {
        Random random = new Random(20261126);
        for (int round = 0; round < 2000; round++) {
            List<NewRow> rows = new ArrayList<>();
            for (int id = 1; id <= 1 + random.nextInt(6); id++) {
                boolean form = random.nextInt(3) == 0;
                rows.add(row(
                        id, "Name " + (char) ('A' + random.nextInt(4)), form ? null : (long) random.nextInt(4), form));
            }
            List<NewRow> order = new ArrayList<>(rows);
            java.util.Collections.shuffle(order, random);
            CustomerState state = CustomerState.unknown(KEY);
            for (NewRow row : order) {
                ReadRow read =
                        ((RowReader.Reading.Readable) READER.read(row, Map.of("default", BY_VERSION), NOW)).row();
                state = CustomerMerge.of(state, List.of(read)).after().withId(7);
            }
            for (NewRow row : rows) {
                assertEquals(List.of(), causes(BY_VERSION, row, state.name()), rows.toString());
            }
        }
    }
}
