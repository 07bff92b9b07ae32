package io.alohubsync.observe;

import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The figures of the page and the metrics, as of the last sample.
 *
 * @param accounts by name; those that are registered
 * @param newRows  outbox rows not merged yet, counted up to {@link Sampler#CAP}
 * @param rejectedSources by the label of a source of which at least half of the last hour's rows
 *                 were rejected: how many. Few sources, and only where there were some
 */
public record Figures(Map<String, OfAccount> accounts, long newRows, Map<String, Long> rejectedSources) {

    public Figures(Map<String, OfAccount> accounts, long newRows) {
        this(accounts, newRows, Map.of());
    }

    /** There was no sample yet. */
    public static final Figures NONE = new Figures(Map.of(), 0);

    /**
     * @param customers by status
     * @param dueNow    customers that may be claimed, counted up to {@link Sampler#CAP}
     * @param oldestDueSeconds how long the most overdue has waited; 0: none is due
     */
    public record OfAccount(Map<String, Long> customers, long dueNow, double oldestDueSeconds) {
        static final OfAccount NONE = new OfAccount(Map.of(), 0, 0);
    }

    /** Whether there was a sample: right after the start there is none. */
    public boolean areSampled() {
        return this != NONE;
    }

    /** For gauges, which are NaN before the first sample: 0 would be taken for a figure. */
    double value(ToDoubleFunction<Figures> figure) {
        return areSampled() ? figure.applyAsDouble(this) : Double.NaN;
    }

    OfAccount of(String account) {
        return accounts.getOrDefault(account, OfAccount.NONE);
    }

    public long customers(String status) {
        return accounts.values().stream()
                .mapToLong(account -> account.customers().getOrDefault(status, 0L))
                .sum();
    }
}
