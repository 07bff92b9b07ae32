package io.alohubsync.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.contact.Reason;
import io.alohubsync.merge.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RejectionsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Rejections rejections = new Rejections(registry);

    @Test
    void rejected_rows_are_counted_by_account_reason_and_source() {
        rejections.count(Collections.nCopies(3, new Rejection("default", "erp", Reason.PHONE_MISSING)));
        rejections.count(List.of(
                new Rejection("default", "erp", Reason.PHONE_LETTERS),
                new Rejection("default", "form", Reason.PHONE_MISSING),
                new Rejection("brandb", "erp", Reason.PHONE_MISSING)));
        assertEquals(
                Map.of(
                        "default phone.missing erp", 3.0,
                        "default phone.letters erp", 1.0,
                        "default phone.missing form", 1.0,
                        "brandb phone.missing erp", 1.0),
                counts());
    }

    @Test
    void a_row_without_a_source_or_a_registered_account_is_counted_too() {
        rejections.count(List.of(
                new Rejection(null, null, Reason.ACCOUNT_UNKNOWN), new Rejection(null, "  ", Reason.ACCOUNT_UNKNOWN)));
        assertEquals(Map.of("unknown account.unknown none", 2.0), counts());
    }

    @Test
    void sources_are_bounded_whatever_is_written_there() {
        rejections.count(IntStream.range(0, 1000)
                .mapToObj(i -> new Rejection("default", "order-" + i, Reason.PHONE_MISSING))
                .toList());
        rejections.count(List.of(new Rejection("default", "order-3", Reason.PHONE_MISSING)));
        Map<String, Double> counts = counts();
        assertEquals(Rejections.SOURCES + 1, counts.size());
        assertEquals(2, counts.get("default phone.missing order-3"));
        assertEquals(1000 - Rejections.SOURCES, counts.get("default phone.missing other"));
    }

    @Test
    void what_may_be_a_person_or_no_name_is_no_label() {
        for (String source : Set.of("0868793800", "an@example.vn", "086 879 3800 An", "x".repeat(41), "a\nb")) {
            rejections.count(List.of(new Rejection("default", source, Reason.PHONE_MISSING)));
        }
        rejections.count(List.of(new Rejection("default", "kiotviet-2026", Reason.PHONE_MISSING)));
        assertEquals(Set.of("default phone.missing other", "default phone.missing kiotviet-2026"), counts().keySet());
    }

    private Map<String, Double> counts() {
        return registry.find("alohub.sync.rejections").counters().stream()
                .collect(Collectors.toMap(
                        counter ->
                                tag(counter, "account") + " " + tag(counter, "reason") + " " + tag(counter, "source"),
                        Counter::count,
                        Double::sum,
                        TreeMap::new));
    }

    private static String tag(Counter counter, String name) {
        return String.valueOf(counter.getId().getTag(name));
    }
}
