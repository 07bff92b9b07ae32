package io.alohubsync.observe;

import io.alohubsync.contact.SystemName;
import io.alohubsync.merge.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts rejected rows by account, reason and source. Sources are free text, so their number is
 * bounded and no label looks like a person's. Both merging threads count.
 */
final class Rejections {

    static final int SOURCES = 20;
    static final String NONE = "none";
    static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Map<String, String> labels = new ConcurrentHashMap<>(); // by source; the first come
    private final Map<Rejection, Counter> counters = new ConcurrentHashMap<>(); // by account, label and reason

    Rejections(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(List<Rejection> rejections) {
        for (Rejection one : rejections) {
            counters.computeIfAbsent(new Rejection(one.account(), label(one.source()), one.reason()), this::counter)
                    .increment();
        }
    }

    private Counter counter(Rejection labelled) {
        return Counter.builder("alohub.sync.rejections")
                .description("Rejected outbox rows by account, reason and source")
                .tag("account", labelled.account() == null ? "unknown" : labelled.account())
                .tag("reason", labelled.reason().code())
                .tag("source", String.valueOf(labelled.source()))
                .register(registry);
    }

    /** As a label may have it: free text that may be a person's is only another source. */
    static String name(@Nullable String source) {
        if (source == null || source.isBlank()) {
            return NONE;
        }
        String name = source.strip();
        return SystemName.isOne(name) ? name : OTHER;
    }

    private String label(@Nullable String source) {
        String name = name(source);
        if (name.equals(NONE) || name.equals(OTHER)) {
            return name;
        }
        if (labels.size() >= SOURCES) { // a thread beside this one may add one more
            return labels.getOrDefault(name, OTHER);
        }
        return labels.computeIfAbsent(name, label -> label);
    }
}
