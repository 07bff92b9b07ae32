package io.alohubsync.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Customers by account: how many in each status, how many due, and since when; and sources whose
 * rows are rejected. The job that samples writes the figures; scrapes read those that were shown
 * last.
 */
final class CustomerGauges {

    private static final List<String> STATUSES = List.of("PENDING", "SENDING", "RETRYING", "DELIVERED", "DEAD", "HELD");

    private final MultiGauge customers;
    private final MultiGauge dueNow;
    private final MultiGauge oldestDue;
    private final MultiGauge rejected;
    private volatile Figures figures = Figures.NONE; // written by the job alone

    CustomerGauges(MeterRegistry registry) {
        customers = MultiGauge.builder("alohub.sync.customers")
                .description("Customers by account and status")
                .register(registry);
        dueNow = MultiGauge.builder("alohub.sync.due.now")
                .description("Customers that may be claimed now, counted up to 100000 for each account")
                .register(registry);
        oldestDue = MultiGauge.builder("alohub.sync.oldest.due.age.seconds")
                .description("How long the most overdue customer has waited")
                .register(registry);
        rejected = MultiGauge.builder("alohub.sync.source.rejected.rows")
                .description("Rejected rows of the last hour of a source of which at least half were rejected")
                .register(registry);
    }

    /** An account that was shown before is not registered anew, so no scrape finds it missing. */
    void show(Collection<String> accounts, Figures newest) {
        figures = newest;
        List<MultiGauge.Row<?>> byStatus = new ArrayList<>();
        List<MultiGauge.Row<?>> due = new ArrayList<>();
        List<MultiGauge.Row<?>> oldest = new ArrayList<>();
        for (String account : accounts) {
            for (String status : STATUSES) {
                Tags tags = Tags.of("account", account, "status", status);
                byStatus.add(row(tags, now -> now.of(account).customers().getOrDefault(status, 0L)));
            }
            Tags tags = Tags.of("account", account);
            due.add(row(tags, now -> now.of(account).dueNow()));
            oldest.add(row(tags, now -> now.of(account).oldestDueSeconds()));
        }
        customers.register(byStatus);
        dueNow.register(due);
        oldestDue.register(oldest);
        rejected.register(newest.rejectedSources().keySet().stream()
                .<MultiGauge.Row<?>>map(source -> row(
                        Tags.of("source", source), now -> now.rejectedSources().getOrDefault(source, 0L)))
                .toList());
    }

    private MultiGauge.Row<?> row(Tags tags, ToDoubleFunction<Figures> value) {
        return MultiGauge.Row.of(tags, this, gauges -> gauges.figures.value(value));
    }
}
