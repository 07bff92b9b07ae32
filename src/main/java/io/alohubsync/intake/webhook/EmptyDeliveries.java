package io.alohubsync.intake.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Counts the deliveries in which no customer was found, by source, and logs once an hour for each
 * source that there were some. They are a success for the platform, so nothing else shows that a
 * form names its fields otherwise. Any thread.
 */
@ApplicationScoped
class EmptyDeliveries {

    private static final Logger LOG = Logger.getLogger(EmptyDeliveries.class);
    private static final long PAUSE_NANOS = Duration.ofHours(1).toNanos();

    private final Meter.MeterProvider<Counter> deliveries;
    private final Map<String, AtomicLong> mayWarnAt = new ConcurrentHashMap<>(); // by source: few

    EmptyDeliveries(MeterRegistry registry) {
        this.deliveries = Counter.builder("alohub.sync.intake.deliveries.without.customer")
                .description("Deliveries of platforms in which no customer was found, by source")
                .withRegistry(registry);
    }

    /** @param source one of the settings or tokens */
    void count(String source, long nanoTime) {
        deliveries.withTag("source", source).increment();
        AtomicLong mayWarn = mayWarnAt.computeIfAbsent(source, _ -> new AtomicLong(nanoTime));
        long from = mayWarn.get();
        if (nanoTime - from >= 0 && mayWarn.compareAndSet(from, nanoTime + PAUSE_NANOS)) {
            LOG.warnf(
                    "No customer was found in a delivery of the source %s. If it should have had one: try its payload"
                            + " with the command intake try, and set alohub.intake.sources.%s.phone, name and email to"
                            + " the places of the fields. The metric alohub_sync_intake_deliveries_without_customer_total"
                            + " counts these deliveries; this line comes once an hour at most",
                    source, source);
        }
    }
}
