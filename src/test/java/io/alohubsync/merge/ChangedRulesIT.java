package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.TestDatabase;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rules of phones that change, on the real database: what the old ones rejected is judged by the
 * new ones.
 */
class ChangedRulesIT {

    private static final PhoneRules OLD =
            new PhoneRules(true, false, true, List.of(), List.of("099"), Set.of("0900000000"));
    private static final PhoneRules NEW =
            new PhoneRules(true, true, true, List.of("0555", "067"), List.of(), Set.of("0900000000"));

    private final TestDatabase database = TestDatabase.migrated();

    @BeforeEach
    void register() {
        database.execute("UPDATE alohub.account SET seen_at = clock_timestamp()");
    }

    private OutboxMerge intake(PhoneRules rules) {
        return new OutboxMerge(
                database.dataSource(),
                new RowReader(
                        new PhoneNormalizer(rules), new NameNormalizer(List.of()), new EmailNormalizer(List.of())),
                new Unregistered(),
                false,
                System::nanoTime);
    }

    /** A replica with these rules starts, and works until there is nothing left. */
    private void run(PhoneRules rules) throws SQLException {
        OutboxMerge intake = intake(rules);
        intake.storeRules(rules);
        do {
            while (intake.mergeBatch(500, Map.of()).rows() > 0) {}
        } while (intake.makeRejectedNew(2) > 0);
    }

    @Test
    void rows_that_the_old_rules_rejected_are_judged_by_the_new_ones() throws SQLException {
        long unknownRange = database.insert("0555123456", "A", null);
        long landline = database.insert("02438223344", "B", null);
        long denied = database.insert("0991234567", "C", null);
        long placeholder = database.insert("0900000000", "D", null);
        long letters = database.insert("0868-CALL-ME", "E", null);
        run(OLD);
        for (long row = unknownRange; row <= letters; row++) {
            assertEquals("REJECTED", database.rowStatus(row));
        }
        run(NEW);
        assertEquals("PENDING", database.rowStatus(unknownRange));
        assertEquals("PENDING", database.rowStatus(landline));
        assertEquals("PENDING", database.rowStatus(denied));
        assertEquals("REJECTED", database.rowStatus(placeholder));
        assertEquals("REJECTED", database.rowStatus(letters));
    }

    @Test
    void a_field_with_text_or_several_numbers_is_judged_by_the_new_rules_too() throws SQLException {
        List<Long> rows = new ArrayList<>();
        for (String phone : List.of(
                "0555123456 (Zalo)",
                "0555123457(Zalo)",
                "0555123458 / 24",
                "+1 650 253 0000 / 0555123459",
                "0672012345",
                "STK 12345678; 0555123461",
                "86879380.0; 0555123462")) {
            rows.add(database.insert(phone, "A", null));
        }
        run(OLD);
        for (long row : rows) {
            assertEquals("REJECTED", database.rowStatus(row));
        }
        run(NEW);
        for (long row : rows) {
            assertEquals("PENDING", database.rowStatus(row));
        }
    }

    @Test
    void what_a_replica_with_the_old_rules_rejects_meanwhile_is_found_by_the_second_scan() throws SQLException {
        run(OLD);
        run(NEW);
        long row = database.insert("0555123456", "A", null);
        intake(OLD).mergeBatch(500, Map.of());
        assertEquals("REJECTED", database.rowStatus(row));
        database.execute("UPDATE alohub.phone_rules SET changed_at = changed_at - interval '2 minutes'");
        run(NEW);
        assertEquals("PENDING", database.rowStatus(row));
    }

    @Test
    void the_same_rules_again_look_at_nothing() throws SQLException {
        run(OLD);
        database.insert("0555123456", "A", null);
        run(OLD);
        assertEquals("0", database.one("SELECT scans FROM alohub.phone_rules"));
    }
}
