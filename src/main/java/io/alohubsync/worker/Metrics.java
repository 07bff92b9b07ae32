package io.alohubsync.worker;

import io.alohubsync.account.Account;
import io.alohubsync.account.Gate;
import io.alohubsync.account.GateState;
import io.alohubsync.alohub.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What {@code /q/metrics} tells, under {@code alohub_sync_}; docs/metrics.md explains each. No label carries a phone. */
@ApplicationScoped
public class Metrics {

    private static final List<String> STATUSES = List.of("PENDING", "SENDING", "RETRYING", "DELIVERED", "DEAD", "HELD");
    private static final List<String> OUTCOMES =
            List.of("ACCEPTED", "REFUSED", "FAILED", "UNKNOWN", "NOT_SENT", "THROTTLED", "ACCOUNT_REFUSED");

    private final Map<String, Counter> attempts = new HashMap<>();
    private final Timer seconds;
    private final Counter fenced;
    private final Counter late;
    private volatile Figures figures = Figures.NONE;
    private volatile Supplier<Gate.@Nullable View> gate = () -> null;
    private volatile @Nullable GateState lastSeen;

    Metrics(MeterRegistry registry) {
        for (String outcome : OUTCOMES) {
            attempts.put(
                    outcome,
                    Counter.builder("alohub.sync.attempts")
                            .description("Calls to Alohub by what they came to")
                            .tag("account", Account.DEFAULT)
                            .tag("outcome", outcome)
                            .register(registry));
        }
        seconds = Timer.builder("alohub.sync.attempt")
                .description("How long calls to Alohub took")
                .serviceLevelObjectives(buckets())
                .register(registry);
        fenced = Counter.builder("alohub.sync.settles.fenced")
                .description("Answers that came after the lease had been taken by another and changed nothing")
                .register(registry);
        late = Counter.builder("alohub.sync.rows.late")
                .description("Outbox rows that were merged after a row with a higher id of the same customer")
                .register(registry);
        for (String status : STATUSES) {
            gauge(
                    registry,
                    "alohub.sync.customers",
                    "Customers by status",
                    f -> f.customers().getOrDefault(status, 0L),
                    "status",
                    status);
        }
        gauge(registry, "alohub.sync.rows.new", "Outbox rows not merged yet, counted up to 100000", Figures::newRows);
        gauge(
                registry,
                "alohub.sync.due.now",
                "Customers that may be claimed now, counted up to 100000",
                Figures::dueNow);
        gauge(
                registry,
                "alohub.sync.oldest.due.age.seconds",
                "How long the most overdue customer has waited",
                Figures::oldestDueSeconds);
        for (GateState state : GateState.values()) {
            Gauge.builder("alohub.sync.gate.state", this, metrics -> metrics.isIn(state))
                    .description("1 for the state that the account's gate is in")
                    .tag("account", Account.DEFAULT)
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<Figures> value, String... tags) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.figures))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static Duration[] buckets() {
        return java.util.stream.LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 20_000)
                .mapToObj(Duration::ofMillis)
                .toArray(Duration[]::new);
    }

    void called(Outcome outcome, Duration duration) {
        Counter counter = attempts.get(name(outcome));
        if (counter != null) {
            counter.increment();
            seconds.record(duration);
        }
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> "ACCEPTED";
            case Outcome.Refused refused -> "REFUSED";
            case Outcome.Failed failed -> "FAILED";
            case Outcome.Unknown unknown -> "UNKNOWN";
            case Outcome.NotSent notSent -> "NOT_SENT";
            case Outcome.Throttled throttled -> "THROTTLED";
            case Outcome.AccountRefused accountRefused -> "ACCOUNT_REFUSED";
            case Outcome.NotStarted notStarted -> "NOT_STARTED";
        };
    }

    void fenced(int settles) {
        fenced.increment(settles);
    }

    void late(int rows) {
        late.increment(rows);
    }

    void sampled(Figures sampled) {
        figures = sampled;
    }

    /** @param seen the gate as this replica last saw it; null while it looks */
    void watch(Supplier<Gate.@Nullable View> seen) {
        gate = seen;
    }

    private double isIn(GateState state) {
        Gate.View seen = gate.get();
        lastSeen = seen == null ? lastSeen : seen.state();
        return lastSeen == state ? 1 : 0;
    }

    /** As of the last sample. */
    public Figures figures() {
        return figures;
    }
}
