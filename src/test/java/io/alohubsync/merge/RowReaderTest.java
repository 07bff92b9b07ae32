package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.RowOrder;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.NewRow;
import io.alohubsync.merge.RowReader.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String PHONE = "0868793800";
    private static final Phone READ = new Phone("+84868793800");

    private static final Map<String, RowOrder> ACCOUNTS = Map.of(
            "default", RowOrder.BY_ID,
            "byversion", new RowOrder(true, VersionUnit.AUTO),
            "bycount", new RowOrder(true, VersionUnit.COUNT));

    private static final RowReader READER = new RowReader(new PhoneNormalizer(PhoneRules.standard()));

    @Test
    void a_row_is_read_as_what_it_says() {
        NewRow row =
                new NewRow(7, 7, "default", " 086 879 38 00", " Bằng ", " bang@gmail.com", (short) -5, null, false);
        ReadRow said = said(row);
        assertEquals(7, said.id());
        assertEquals(new CustomerKey("default", READ), said.key());
        assertEquals("Bằng", said.name());
        assertEquals("bang@gmail.com", said.email());
        assertEquals(-5, said.priority());
    }

    @Test
    void what_was_repaired_or_dropped_is_noted_of_all_fields_together() {
        ReadRow said = said(new NewRow(7, 7, "default", "868793800", "null", "nobody", (short) 0, null, false));
        assertEquals(Set.of(Reason.PHONE_LEADING_ZERO, Reason.NAME_DROPPED, Reason.EMAIL_DROPPED), said.repairs());
        assertEquals(Set.of(), said(row("default", null)).repairs());
    }

    @Test
    void a_name_and_an_address_of_nobody_say_nothing() {
        RowReader reader = new RowReader(
                new PhoneNormalizer(PhoneRules.standard()),
                new NameNormalizer(List.of("Khách lẻ")),
                new EmailNormalizer(List.of("guest@example.com")));
        NewRow row = new NewRow(7, 7, "default", PHONE, "khach le", "Guest@example.com", (short) 0, null, false);
        ReadRow said = assertInstanceOf(Reading.Readable.class, reader.read(row, ACCOUNTS, NOW))
                .row();
        assertNull(said.name());
        assertNull(said.email());
        assertEquals(Set.of(Reason.NAME_PLACEHOLDER, Reason.EMAIL_PLACEHOLDER), said.repairs());
    }

    @Test
    void a_phone_that_is_none_rejects_the_row() {
        assertEquals(Set.of(Reason.PHONE_MISSING), rejected(TestRows.written(7, "default", null, "Bằng", null)));
    }

    // The account

    @ParameterizedTest
    @ValueSource(strings = {"brandb", "Default", "default ", ""})
    void a_row_of_an_account_that_nobody_registered_is_rejected(String account) {
        assertEquals(Set.of(Reason.ACCOUNT_UNKNOWN), rejected(row(account, 5L)));
    }

    @Test
    void an_unknown_account_is_the_only_reason_of_its_rows() { // the others show when it is corrected
        NewRow worse = TestRows.written(7, "brandb", "no phone", null, null);
        assertEquals(Set.of(Reason.ACCOUNT_UNKNOWN), rejected(worse));
    }

    @Test
    void an_account_is_known_from_the_moment_it_is_registered() {
        Map<String, RowOrder> registered = new HashMap<>(ACCOUNTS);
        assertInstanceOf(Reading.Rejected.class, READER.read(row("brandb", null), registered, NOW));
        registered.put("brandb", RowOrder.BY_ID);
        assertInstanceOf(Reading.Readable.class, READER.read(row("brandb", null), registered, NOW));
    }

    // The version

    @Test
    void where_ids_decide_a_version_is_neither_needed_nor_kept() {
        assertNull(said(row("default", null)).version());
        assertNull(said(row("default", 5L)).version());
        assertNull(said(row("default", Long.MAX_VALUE)).version());
    }

    @Test
    void where_versions_decide_a_row_without_one_is_rejected() {
        assertEquals(Set.of(Reason.VERSION_MISSING), rejected(row("byversion", null)));
        assertEquals(Set.of(Reason.VERSION_MISSING), rejected(row("bycount", null)));
    }

    @Test
    void a_row_of_the_intake_without_a_version_ranks_by_its_id_where_versions_decide() {
        NewRow form = new NewRow(7, 7, "byversion", PHONE, "Bằng", null, (short) 0, null, true);
        assertTrue(said(form).unversioned());
        assertNull(said(form).version());
        NewRow withVersion = new NewRow(7, 7, "byversion", PHONE, "Bằng", null, (short) 0, 5L, true);
        assertFalse(said(withVersion).unversioned());
        assertEquals(5, said(withVersion).version());
        NewRow byId = new NewRow(7, 7, "default", PHONE, "Bằng", null, (short) 0, null, true);
        assertFalse(said(byId).unversioned(), "where ids decide, all rows do");
    }

    @Test
    void a_version_of_now_is_kept() {
        for (long version : List.of(0L, 42L, NOW.getEpochSecond(), NOW.toEpochMilli(), NOW.toEpochMilli() * 1000)) {
            assertEquals(version, said(row("byversion", version)).version());
        }
        assertEquals(4_102_444_800L, said(row("bycount", 4_102_444_800L)).version());
        assertEquals(-1, said(row("byversion", -1L)).version());
    }

    @Test
    void a_version_more_than_a_day_ahead_is_rejected() {
        long latest = NOW.plus(Duration.ofDays(1)).toEpochMilli();
        assertEquals(latest, said(row("byversion", latest)).version());
        assertEquals(Set.of(Reason.VERSION_AHEAD), rejected(row("byversion", latest + 1)));
        assertEquals(Set.of(Reason.VERSION_AHEAD), rejected(row("byversion", Long.MAX_VALUE)));
        assertEquals(Set.of(Reason.VERSION_AHEAD), rejected(row("bycount", Long.MAX_VALUE)));
    }

    @Test
    void the_time_that_a_row_is_read_with_decides() {
        NewRow row = row("byversion", NOW.plus(Duration.ofDays(2)).toEpochMilli());
        assertInstanceOf(Reading.Rejected.class, READER.read(row, ACCOUNTS, NOW));
        assertInstanceOf(Reading.Readable.class, READER.read(row, ACCOUNTS, NOW.plus(Duration.ofDays(1))));
    }

    @Test
    void a_row_is_rejected_for_its_version_before_anything_else_in_it() {
        assertEquals(
                Set.of(Reason.VERSION_MISSING), rejected(TestRows.written(7, "byversion", "no phone", null, null)));
    }

    @Test
    void a_fault_of_ours_rejects_one_row_and_the_next_is_read() {
        Map<String, RowOrder> faulty = new HashMap<>() {
            @Override
            public RowOrder get(Object account) {
                throw new IllegalStateException("no account can be read");
            }
        };
        assertEquals(
                new Reading.Rejected(Set.of(Reason.ROW_UNREADABLE)), READER.read(row("byversion", 5L), faulty, NOW));
        assertInstanceOf(Reading.Readable.class, READER.read(row("default", 5L), ACCOUNTS, NOW));
    }

    private static NewRow row(String account, Long version) {
        return TestRows.written(7, account, PHONE, "Bằng", version);
    }

    private static ReadRow said(NewRow row) {
        return assertInstanceOf(Reading.Readable.class, READER.read(row, ACCOUNTS, NOW))
                .row();
    }

    private static Set<Reason> rejected(NewRow row) {
        return assertInstanceOf(Reading.Rejected.class, READER.read(row, ACCOUNTS, NOW))
                .reasons();
    }
}
