package io.alohubsync.daemon;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.AnswerReader;
import io.alohubsync.alohub.CallRules;
import io.alohubsync.alohub.ConnectionRules;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.breaker.BreakerStore;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.AlohubSettings.LogFormat;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.EgressProxy;
import io.alohubsync.config.Replica;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.config.Time;
import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.delivery.CallTraces;
import io.alohubsync.delivery.Listeners;
import io.alohubsync.delivery.MergeLeasing;
import io.alohubsync.delivery.Outgoing;
import io.alohubsync.delivery.RetryPolicy;
import io.alohubsync.delivery.SettlementListener;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.loop.EventLoop;
import io.alohubsync.loop.Exit;
import io.alohubsync.loop.Loop;
import io.alohubsync.merge.IdleWait;
import io.alohubsync.merge.Leasing;
import io.alohubsync.merge.MergeLoop;
import io.alohubsync.merge.MergeStep;
import io.alohubsync.merge.OutboxMerge;
import io.alohubsync.merge.RowListener;
import io.alohubsync.merge.RowReader;
import io.alohubsync.merge.SecondMerge;
import io.alohubsync.observe.ActivityLog;
import io.alohubsync.observe.AttemptLog;
import io.alohubsync.observe.Metrics;
import io.alohubsync.observe.OtelTraces;
import io.alohubsync.observe.Sampler;
import io.alohubsync.retention.Retention;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.RefusedLogin;
import io.alohubsync.schema.Schema;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The daemon: waits for the database, then merges and drains until it is stopped. */
@ApplicationScoped
public class Daemon {

    private static final Logger LOG = Logger.getLogger(Daemon.class);

    /** Beyond the last call: what its settlement and the last rounds of the loops may take. docs/settings.md allows a second more. */
    private static final Duration TO_STOP = Duration.ofSeconds(7);

    private final AlohubSettings settings;
    private final AgroalDataSource database;
    private final Metrics metrics;
    private final Scheduler scheduler;
    private final Schema schema;
    private final Vertx vertx;
    private final ActivityLog activityLog = new ActivityLog();
    private final Time time = Time.system();
    private final RefusedLogin login = new RefusedLogin(time.monotonic(), Exit::because);
    private final StalledLoops stalled;
    private @Nullable OtelTraces traces; // null: they are off, and none of OpenTelemetry's classes is loaded
    private volatile boolean stopping;
    private volatile @Nullable Running running;
    private @Nullable Thread starting;

    /** What runs once the database is there. */
    private record Running(
            MergeLoop intake, Map<String, AccountDelivery> accounts, Loop sampling, Retention retention) {
        List<Loop> loops() {
            List<Loop> loops = new ArrayList<>();
            accounts.values().forEach(account -> loops.addAll(account.loops()));
            loops.addAll(intake.loops());
            loops.add(sampling);
            loops.add(retention.loop());
            return loops;
        }
    }

    Daemon(
            AlohubSettings settings,
            AgroalDataSource database,
            Flyway flyway,
            Metrics metrics,
            Scheduler scheduler,
            Vertx vertx) {
        this.vertx = vertx;
        this.scheduler = scheduler;
        this.settings = settings;
        this.database = database;
        this.metrics = metrics;
        this.stalled = new StalledLoops(settings.pollInterval(), Exit::because);
        this.schema = new Schema(flyway, database, settings.database().migrate(), login);
    }

    /** @throws SettingsProblem a key file holds no sound key: there is no last good one yet that could be kept */
    void onStart(@Observes StartupEvent event) {
        List<Account> configured = Account.all(settings);
        List<String> problems = configured.stream()
                .filter(account -> account.key().current().isEmpty())
                .map(account ->
                        keyFile(account) + ": " + account.key().complaint().orElseThrow())
                .toList();
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
        if (settings.tracing().enabled()) {
            traces = OtelTraces.start();
        }
        starting = Thread.ofPlatform().name("start").daemon().start(() -> startWhenTheDatabaseIsThere(configured));
    }

    private static String keyFile(Account account) {
        return account.name().equals(ConfiguredAccount.DEFAULT)
                ? "alohub.api-key-file"
                : "alohub.accounts." + account.name() + ".api-key-file";
    }

    private void startWhenTheDatabaseIsThere(List<Account> accounts) {
        try {
            schema.awaitReady(() -> stopping);
            while (!stopping && running == null) {
                tryStart(accounts);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("Stopped while it waited for the database");
        } catch (Migration.Unusable unusable) {
            Exit.because(unusable.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("The start failed", fault);
            Exit.because("the start failed: " + fault.getClass().getName());
        }
    }

    private void tryStart(List<Account> accounts) throws InterruptedException {
        try {
            Map<String, AccountDelivery> deliveries = new TreeMap<>();
            for (Account account : accounts) {
                AccountDelivery delivery = accountDelivery(account);
                delivery.register(); // all of them before a row is merged
                deliveries.put(account.name(), delivery);
            }
            RowReader reader = RowReader.from(settings, time.wall());
            RowListener listener =
                    settings.database().listen() ? new RowListener(database, settings.pollInterval()) : null;
            OutboxMerge intake =
                    new OutboxMerge(database, reader, settings.tracing().enabled(), time.monotonic());
            intake.remember(RowReader.rules(settings.phone()));
            Map<String, MergeLeasing> leasing = new TreeMap<>();
            deliveries.forEach((name, delivery) -> leasing.put(name, delivery.leasing()));
            MergeStep step = new MergeStep(intake, new Leasing(leasing), merged -> {
                metrics.merged(merged);
                activityLog.merged(merged);
                merged.due().stream()
                        .map(deliveries::get)
                        .filter(Objects::nonNull)
                        .forEach(AccountDelivery::wake);
            });
            IdleWait wait = new IdleWait(listener, settings.pollInterval());
            MergeLoop mergeLoop =
                    new MergeLoop(step, wait, new SecondMerge(step, wait, time.monotonic()), time.monotonic());
            for (AccountDelivery delivery : deliveries.values()) {
                metrics.watch(delivery.account().name(), delivery::breaker);
                delivery.start();
            }
            mergeLoop.start();
            Sampler sampler = new Sampler(database, metrics, activityLog, () -> register(deliveries.values()));
            Loop sampling = new Loop("sample", () -> sample(sampler), time.monotonic()).start();
            Retention retention = new Retention(database, settings.retention(), this::purged, time.monotonic());
            retention.start();
            Running started = new Running(mergeLoop, deliveries, sampling, retention);
            started.loops().forEach(metrics::watch);
            running = started;
            scheduler.resume(); // halted until now: a start that fails must not meet a tick
            accounts.forEach(account -> LOG.infof(
                    "Delivering account %s to %s, %d calls at a time",
                    account.name(), account.baseUri().getHost(), account.concurrency()));
        } catch (SQLException failure) {
            LOG.warnf("The accounts could not be registered and are tried again (%s)", SqlFailure.describe(failure));
            Thread.sleep(500);
        }
    }

    /** This loop works at least every minute, so it finds out when the database refuses the user. */
    private void sample(Sampler sampler) throws SQLException, InterruptedException {
        try {
            sampler.round();
            login.passed();
        } catch (SQLException failure) {
            login.failed(failure);
            throw failure;
        }
    }

    private void purged(String table, int rows) {
        metrics.purged(table, rows);
        activityLog.purged(rows);
    }

    private static void register(Collection<AccountDelivery> deliveries) throws SQLException {
        for (AccountDelivery delivery : deliveries) {
            delivery.register();
        }
    }

    private AccountDelivery accountDelivery(Account account) {
        AlohubSettings.DeliverySettings delivery = settings.delivery();
        RetryPolicy policy = new RetryPolicy(
                delivery.maxAttempts(),
                delivery.backoffMin(),
                delivery.backoffMax(),
                delivery.quarantine(),
                () -> ThreadLocalRandom.current().nextLong(),
                Replica.NAME);
        OtelTraces tracing = traces;
        CallTraces calls = tracing == null ? null : tracing.calls(account.name(), account.baseUri());
        Outgoing outgoing = new Outgoing(
                key -> client(account, key), policy, calls, EventLoop.of(vertx.getOrCreateContext()), time);
        List<SettlementListener> settlements = new ArrayList<>(List.of(metrics::settled));
        if (settings.log().attempts().orElse(settings.log().format() == LogFormat.JSON)) {
            settlements.add(new AttemptLog(account.name())::settled);
        }
        Listeners listeners = new Listeners(List.of(metrics.calls(account.name()), activityLog), settlements);
        return new AccountDelivery(account, settings, database, outgoing, listeners);
    }

    private LeadClient client(Account account, ApiKey key) {
        ConnectionRules connections = new ConnectionRules(
                settings.connection().idle(),
                settings.connection().maxAge(),
                EgressProxy.of(settings).on(account.baseUri()).orElse(null));
        CallRules calls = new CallRules(
                account.concurrency(),
                settings.delivery().callDeadline(),
                new AnswerReader(settings.answer().requireSuccess()),
                connections);
        return LeadClient.of(account.baseUri(), key, account.keyHeader(), calls, vertx);
    }

    @Scheduled(every = "${alohub.poll-interval:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Running now = running;
        if (now != null) {
            now.intake().wake();
            now.accounts().values().forEach(AccountDelivery::wake);
            if (!stopping && stalled.endIfHopeless(now.loops())) {
                stopping = true; // said once
            }
        }
    }

    /** The schema is migrated and the loops run. */
    public boolean isRunning() {
        return running != null;
    }

    /** The breakers of the accounts that this replica serves, as it last saw them; those that it looks at right now are missing. */
    public Map<String, BreakerStore.View> breakers() {
        Running now = running;
        Map<String, BreakerStore.View> breakers = new TreeMap<>();
        if (now != null) {
            now.accounts().forEach((name, delivery) -> {
                BreakerStore.View seen = delivery.breaker();
                if (seen != null) {
                    breakers.put(name, seen);
                }
            });
        }
        return breakers;
    }

    public boolean isSchemaReady() {
        return schema.isReady();
    }

    /**
     * Names of loops that have not begun a round lately, and of accounts whose customers are held long after their leases; a
     * loop that waits for the database or for Alohub still begins rounds.
     */
    public List<String> stalledLoops() {
        Running now = running;
        if (now == null || stopping) {
            return List.of();
        }
        Stream<String> loops = stalled.names(now.loops()).stream();
        Stream<String> places = now.accounts().values().stream()
                .filter(AccountDelivery::holdsForgotten)
                .map(delivery -> "places-" + delivery.account().name());
        return Stream.concat(loops, places).toList();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        ForcedExit.after(
                settings.delivery().callDeadline().plus(settings.pollInterval()).plus(TO_STOP));
        scheduler.pause();
        Thread start = starting;
        if (start != null) {
            start.join(1000);
            start.interrupt();
        }
        Running now = running;
        if (now != null) {
            LOG.info("Stopping: no new claims; awaiting the calls in flight");
            now.accounts().values().forEach(AccountDelivery::stopClaiming);
            now.sampling().stop();
            now.retention().loop().stop();
            now.intake().stop();
            stopAll(now.accounts().values());
            now.retention().stop();
            if (traces != null) {
                traces.stop();
            }
            LOG.info("Stopped");
        }
    }

    /** Side by side: the grace is as long as it takes one. */
    private static void stopAll(Collection<AccountDelivery> deliveries) throws InterruptedException {
        List<Thread> stops = deliveries.stream()
                .map(delivery -> Thread.ofPlatform()
                        .name("stop-" + delivery.account().name())
                        .start(() -> stop(delivery)))
                .toList();
        for (Thread stop : stops) {
            stop.join();
        }
    }

    private static void stop(AccountDelivery delivery) {
        try {
            delivery.stop();
        } catch (InterruptedException impatient) {
            LOG.debug("Stopped while it stopped", impatient);
        }
    }
}
