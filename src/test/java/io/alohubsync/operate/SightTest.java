package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.alohubsync.operate.acts.ActLine;
import io.alohubsync.operate.customers.CustomerView;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.problems.ProblemKey;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SightTest {

    /**
     * Texts of results that anybody may see: the program's own words, names of systems, of users
     * and of accounts.
     */
    private static final Set<String> PLAIN = Set.of(
            "AccountFigures.account",
            "AccountFigures$State.by",
            "AccountFigures$State.needs",
            "AccountFigures$State.needsVi",
            "AccountFigures$State.state",
            "ActLine.act",
            "ActLine.bulkAction",
            "ActLine.who",
            "AttemptLine.outcome",
            "AttemptLine.replica",
            "BulkAction.group",
            "BulkAction.id",
            "BulkAction.ofAction",
            "BulkAction.person",
            "BulkAction.stoppedBy",
            "BulkItem.account",
            "BulkItem.state",
            "CallLine.account",
            "CallLine.outcome",
            "CallLine.replica",
            "CustomerLine.account",
            "CustomerLine.lastOutcome",
            "CustomerLine.status",
            "CustomerView$Next.accountState",
            "CustomerView$Next.needs",
            "CustomerView$Next.needsVi",
            "Page.next",
            "ProblemGroup.id",
            "ProblemGroup.meaning",
            "ProblemGroup.meaningVi",
            "ProblemGroup.remedy",
            "ProblemGroup.remedyVi",
            "ProblemKey.reason",
            "RowLine.reason",
            "RowLine.reasonVi",
            "RowLine.status",
            "RowLine.writtenBy");

    /** What goes in, not out. */
    private static final Set<String> REQUESTS = Set.of(
            "Activity$Filter",
            "Actor",
            "AuditLog$Entry",
            "CallHistory$Filter",
            "RejectedRows$Filter",
            "Correction",
            "CustomerQuery",
            "PageRequest");

    @Test
    void every_text_of_a_result_is_masked_or_known_to_be_nobodys() {
        Set<String> open = new TreeSet<>();
        for (JavaClass one : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.alohubsync.operate")) {
            Class<?> type = one.reflect();
            String name = type.getName().substring(type.getPackageName().length() + 1);
            boolean forViewers = !type.getPackageName().endsWith(".upload"); // operators alone see uploads
            if (forViewers && type.isRecord() && Modifier.isPublic(type.getModifiers()) && !REQUESTS.contains(name)) {
                for (RecordComponent component : type.getRecordComponents()) {
                    if (component.getType() == String.class && component.getAnnotation(Personal.class) == null) {
                        open.add(name + "." + component.getName());
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(PLAIN), open);
    }

    private static final CustomerLine LINE = new CustomerLine(
            1,
            "default",
            "+84868793800",
            "Bằng",
            "bang@gmail.com",
            "DEAD",
            2,
            1,
            1,
            null,
            "khách ốm",
            "REFUSED",
            422,
            "số sai",
            null,
            Instant.EPOCH,
            Instant.EPOCH);

    @Test
    void what_is_somebodys_is_masked_in_records_and_lists_and_records_in_them() {
        CustomerView.Next next = new CustomerView.Next(CustomerView.Step.DEAD, null, "số sai", null, null, null);
        CustomerView.Value value = new CustomerView.Value("Bằng", null, true, false);
        CustomerView view = new CustomerView(
                LINE, value, value, next, null, new CustomerView.Link(2L, "+84912345678", Instant.EPOCH));
        Page<CustomerView> seen = Sight.MASKED.of(new Page<>(List.of(view), "cursor"));
        assertEquals("cursor", seen.next());
        String all = seen.items().getFirst().toString();
        assertTrue(all.contains("•••800") && all.contains("•••678"), all);
        for (String hidden : List.of("8687938", "Bằng", "bang@", "ốm", "số sai")) {
            assertTrue(!all.contains(hidden), all);
        }
        assertNull(seen.items().getFirst().name().delivered());
        assertEquals("DEAD", seen.items().getFirst().customer().status());
    }

    /** A source may write anything, and swap two fields. */
    @Test
    void a_field_for_the_name_of_a_system_is_shown_only_where_it_holds_one() {
        ProblemKey name = new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.missing", "kiotviet-2026");
        ProblemKey other =
                new ProblemKey(ProblemKey.Kind.REJECTION, "0912345678", "phone.missing", "Zalo 0987 654 321 Chị Lan");
        for (Sight sight : List.of(Sight.MASKED, Sight.WORDS)) {
            assertEquals(name, sight.of(name));
            assertEquals(new ProblemKey(other.kind(), Sight.MARK, other.reason(), Sight.MARK), sight.of(other));
        }
        assertSame(other, Sight.FULL.of(other));
    }

    @Test
    void who_may_see_everything_gets_the_same() {
        assertSame(LINE, Sight.FULL.of(LINE));
        assertEquals("•••", Sight.phone("ab12"));
    }

    @Test
    void who_sees_the_words_of_an_act_sees_no_phone_in_full() {
        ActLine line = new ActLine(
                1,
                Instant.EPOCH,
                "lan",
                Way.FILE,
                false,
                "HOLD",
                "default",
                7L,
                "+84868793800",
                null,
                "khách yêu cầu",
                null);
        ActLine seen = Sight.WORDS.of(line);
        assertEquals("•••800", seen.phone());
        assertEquals("khách yêu cầu", seen.reason());
    }
}
