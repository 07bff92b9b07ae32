package io.alohubsync.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerGaugesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CustomerGauges gauges = new CustomerGauges(registry);

    private static Figures figures(long dead, double oldest) {
        return new Figures(Map.of("default", new Figures.OfAccount(Map.of("DEAD", dead), 3, oldest)), 0);
    }

    private Gauge oldest(String account) {
        return registry.get("alohub.sync.oldest.due.age.seconds")
                .tag("account", account)
                .gauge();
    }

    /** With 0 a replica that starts would say that nothing waits, and end an alert. */
    @Test
    void before_the_first_sample_there_is_no_figure() {
        gauges.show(List.of("default"), Figures.NONE);
        assertEquals(Double.NaN, oldest("default").value());
        assertEquals(Double.NaN, registry.get("alohub.sync.due.now").gauge().value());
        assertEquals(Double.NaN, Figures.NONE.value(Figures::newRows));
        gauges.show(List.of("default"), figures(1, 5));
        assertEquals(5, oldest("default").value());
    }

    @Test
    void a_gauge_stays_registered_and_shows_the_newest_figures() {
        gauges.show(List.of("default"), figures(1, 5));
        Gauge first = oldest("default");
        assertEquals(5, first.value());
        gauges.show(List.of("default", "shop"), figures(2, 7));
        assertSame(first, oldest("default"), "a scrape in between would miss one that is registered anew");
        assertEquals(7, first.value());
        assertEquals(
                2,
                registry.get("alohub.sync.customers")
                        .tags("account", "default", "status", "DEAD")
                        .gauge()
                        .value());
        assertEquals(0, oldest("shop").value());
    }

    @Test
    void a_source_whose_rows_are_rejected_has_a_gauge_until_they_are_not() {
        gauges.show(List.of("default"), new Figures(Map.of(), 0, Map.of("shop", 15L)));
        assertEquals(
                15,
                registry.get("alohub.sync.source.rejected.rows")
                        .tag("source", "shop")
                        .gauge()
                        .value());
        gauges.show(List.of("default"), new Figures(Map.of(), 0));
        assertEquals(
                0, registry.find("alohub.sync.source.rejected.rows").gauges().size());
    }
}
