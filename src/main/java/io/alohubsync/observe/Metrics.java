package io.alohubsync.observe;

import io.alohubsync.account.AccountState;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.breaker.BreakerView;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.AttemptFinished;
import io.alohubsync.loop.Repeated;
import io.alohubsync.loop.Time;
import io.alohubsync.merge.Merged;
import io.alohubsync.retention.RetentionSql;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /q/metrics} shows, under {@code alohub_sync_}; docs/metrics.md explains each. No
 * label carries a phone. Any thread counts. The jobs that sample write the volatile fields; scrapes
 * and the page read them.
 */
@ApplicationScoped
public class Metrics {

    private final MeterRegistry registry;
    private final List<String> configured;
    private final Counter fenced;
    private final Counter merged;
    private final Counter rejected;
    private final Rejections rejections;
    private final Counter outOfOrder;
    private final Map<String, Counter> purged = new HashMap<>();
    private final CustomerGauges customers;
    private final MultiGauge storage;
    private final LongSupplier nanoTime = Time.system().monotonic();
    private final Map<String, AccountState> lastSeen = new ConcurrentHashMap<>(); // by account; of the scrapes
    private volatile Figures figures = Figures.NONE;
    private volatile Map<String, Long> storageBytes = Map.of();
    private volatile double oldestTransaction = Double.NaN; // not known
    private volatile long sampledAt;

    Metrics(MeterRegistry registry, AlohubSettings settings) {
        this.registry = registry;
        this.configured = ConfiguredAccount.all(settings).stream()
                .map(ConfiguredAccount::name)
                .toList();
        fenced = Counter.builder("alohub.sync.settlements.fenced")
                .description("Answers that came after the lease had been taken by another and changed nothing")
                .register(registry);
        merged = Counter.builder("alohub.sync.rows.merged")
                .description("Outbox rows that were merged, rejected ones included")
                .register(registry);
        rejected = Counter.builder("alohub.sync.rows.rejected")
                .description("Outbox rows that were rejected")
                .register(registry);
        rejections = new Rejections(registry);
        outOfOrder = Counter.builder("alohub.sync.rows.out.of.order")
                .description("Outbox rows that were merged after a newer row of the same customer")
                .register(registry);
        for (RetentionSql.History history : RetentionSql.History.values()) {
            purged.put(
                    history.table(),
                    Counter.builder("alohub.sync.purged")
                            .description("Old rows that this replica deleted")
                            .tag("table", history.table())
                            .register(registry));
        }
        Gauge.builder("alohub.sync.rows.new", this, metrics -> metrics.figures.value(Figures::newRows))
                .description("Outbox rows not merged yet, counted up to 100000; NaN: not counted yet")
                .register(registry);
        customers = new CustomerGauges(registry);
        storage = MultiGauge.builder("alohub.sync.storage.bytes")
                .description("What the tables of the schema take with their indexes")
                .register(registry);
        Gauge.builder("alohub.sync.oldest.transaction.age.seconds", this, metrics -> metrics.oldestTransaction)
                .description("Age of the oldest transaction that keeps rows from being removed; NaN: may not be seen")
                .register(registry);
        Gauge.builder("alohub.sync.sample.age.seconds", this, Metrics::sampleAgeSeconds)
                .description("How old the figures of the database are")
                .register(registry);
        sampled(Figures.NONE);
    }

    private double sampleAgeSeconds() {
        return Math.max(0, nanoTime.getAsLong() - sampledAt) / 1e9;
    }

    /** @return what counts the calls of one account */
    public Consumer<AttemptFinished> calls(String account) {
        Map<String, Counter> attempts = new HashMap<>();
        for (String outcome : Outcome.CODES) {
            attempts.put(
                    outcome,
                    Counter.builder("alohub.sync.attempts")
                            .description("Calls to Alohub by what they came to")
                            .tags("account", account, "outcome", outcome)
                            .register(registry));
        }
        Timer seconds = Timer.builder("alohub.sync.attempt")
                .description("How long calls to Alohub took")
                .tag("account", account)
                .serviceLevelObjectives(buckets())
                .register(registry);
        WithoutEnvelope withoutEnvelope = new WithoutEnvelope(account, registry);
        return event -> {
            withoutEnvelope.seen(event.outcome());
            Counter counter = attempts.get(event.outcome().code());
            if (counter != null) {
                counter.increment();
                seconds.record(event.settlement().duration());
            }
        };
    }

    private static Duration[] buckets() {
        return LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 20_000)
                .mapToObj(Duration::ofMillis)
                .toArray(Duration[]::new);
    }

    /** Listens to settlements. */
    public void settled(Settlement settlement, boolean wasFenced) {
        if (wasFenced) {
            fenced.increment();
        }
    }

    public void merged(Merged rows) {
        merged.increment(rows.rows() - rows.stayed());
        rejected.increment(rows.rejected());
        rejections.count(rows.rejections());
        outOfOrder.increment(rows.outOfOrder());
    }

    public void purged(String table, int rows) {
        purged.get(table).increment(rows);
    }

    void sampled(Figures sampled) {
        figures = sampled;
        sampledAt = nanoTime.getAsLong();
        TreeSet<String> accounts = new TreeSet<>(configured);
        accounts.addAll(sampled.accounts().keySet());
        customers.show(accounts, sampled);
    }

    void oldestTransaction(double ageSeconds) {
        oldestTransaction = ageSeconds;
    }

    void storage(Map<String, Long> bytesOfTables) {
        storageBytes = bytesOfTables;
        List<MultiGauge.Row<?>> tables = new ArrayList<>();
        for (String table : bytesOfTables.keySet()) {
            tables.add(MultiGauge.Row.of(
                    Tags.of("table", table), this, metrics -> metrics.storageBytes.getOrDefault(table, 0L)));
        }
        storage.register(tables);
    }

    public void watch(Repeated loop) {
        Gauge.builder("alohub.sync.loop.age.seconds", loop, Repeated::ageSeconds)
                .description("Seconds since the loop last began a round, or the job a run")
                .tag("loop", loop.name())
                .register(registry);
    }

    /** @param value 1, 0, or NaN where it was not checked yet */
    public void watchReadiness(DoubleSupplier value) {
        Gauge.builder("alohub.sync.ready", value::getAsDouble)
                .description("1: this replica works and the database takes its writes; 0: not; NaN: not checked yet")
                .register(registry);
    }

    /** @param seen the breaker as this replica last saw it; null before the first reading */
    public void watch(String account, Supplier<@Nullable BreakerView> seen) {
        for (AccountState state : AccountState.values()) {
            Gauge.builder("alohub.sync.account.state", () -> isIn(account, seen, state))
                    .description("1 for the state that the account's state is in")
                    .tags("account", account, "state", state.name())
                    .register(registry);
        }
        Gauge.builder("alohub.sync.learned.rate", () -> learnedRate(seen))
                .description("Calls a second that were learned from throttled calls; NaN: none")
                .tag("account", account)
                .register(registry);
    }

    private int isIn(String account, Supplier<@Nullable BreakerView> seen, AccountState state) {
        BreakerView view = seen.get();
        if (view != null) {
            lastSeen.put(account, view.state());
        }
        return lastSeen.get(account) == state ? 1 : 0;
    }

    private static double learnedRate(Supplier<@Nullable BreakerView> seen) {
        BreakerView view = seen.get();
        return view == null || view.learnedRate() == null ? Double.NaN : view.learnedRate();
    }

    /** As of the last sample. */
    public Figures figures() {
        return figures;
    }
}
