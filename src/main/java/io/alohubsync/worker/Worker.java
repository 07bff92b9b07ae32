package io.alohubsync.worker;

import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.Gate;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.config.Time;
import io.alohubsync.customer.SqlFailure;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.RetryPolicy;
import io.alohubsync.intake.Intake;
import io.alohubsync.intake.RowReader;
import io.alohubsync.phone.PhoneNormalizer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The daemon: waits for the database, then merges and drains until it is stopped. */
@ApplicationScoped
public class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final AlohubSettings settings;
    private final DataSource database;
    private final Metrics metrics;
    private final Scheduler scheduler;
    private final Schema schema;
    private final Journal journal = new Journal();
    private final Time time = Time.system();
    private volatile boolean stopping;
    private volatile @Nullable Running running;
    private @Nullable Thread starting;

    /** What runs once the database is there. */
    private record Running(IntakeWorker intake, AccountWorker account, Loop sampling) {
        List<Loop> loops() {
            List<Loop> loops = new ArrayList<>(account.loops());
            loops.add(intake.loop());
            loops.add(sampling);
            return loops;
        }
    }

    Worker(AlohubSettings settings, DataSource database, Flyway flyway, Metrics metrics, Scheduler scheduler) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.database = database;
        this.metrics = metrics;
        this.schema = new Schema(flyway, database, settings.database().migrate());
    }

    /** @throws SettingsProblem the key file holds no sound key: there is no last good one yet that could be kept */
    void onStart(@Observes StartupEvent event) {
        Account configured = Account.from(settings);
        if (configured.key().current().isEmpty()) {
            throw new SettingsProblem(List.of(
                    "alohub.api-key-file: " + configured.key().complaint().orElseThrow()));
        }
        starting = Thread.ofPlatform().name("start").daemon().start(() -> startWhenTheDatabaseIsThere(configured));
    }

    private void startWhenTheDatabaseIsThere(Account account) {
        try {
            schema.awaitReady(() -> stopping);
            while (!stopping && running == null) {
                tryStart(account);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("Stopped while it waited for the database");
        } catch (Schema.Unusable unusable) {
            Exit.because(unusable.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("The start failed", fault);
            Exit.because("the start failed: " + fault.getClass().getName());
        }
    }

    private void tryStart(Account account) throws InterruptedException {
        try {
            AccountWorker accountWorker = accountWorker(account);
            RowReader reader = new RowReader(Map.of(account.name(), new PhoneNormalizer(account.phoneRules())));
            IntakeWorker intakeWorker = new IntakeWorker(
                    new Intake(database, reader), settings.pollInterval(), time.monotonic(), merged -> {
                        metrics.late(merged.late());
                        journal.merged(merged);
                        accountWorker.wake();
                    });
            metrics.watch(accountWorker::gate);
            accountWorker.start();
            intakeWorker.start();
            Loop sampling =
                    new Loop("sample", new Sampler(database, metrics, journal)::round, time.monotonic()).start();
            running = new Running(intakeWorker, accountWorker, sampling);
            scheduler.resume(); // halted until now: a start that fails must not meet a tick
            LOG.infof(
                    "Delivering account %s to %s, %d calls at a time",
                    account.name(), account.baseUri().getHost(), account.concurrency());
        } catch (SQLException failure) {
            LOG.warnf("The account could not be registered and is tried again (%s)", SqlFailure.told(failure));
            Thread.sleep(500);
        }
    }

    private AccountWorker accountWorker(Account account) {
        AlohubSettings.DeliverySettings delivery = settings.delivery();
        RetryPolicy policy = new RetryPolicy(
                delivery.maxAttempts(),
                delivery.backoffMin(),
                delivery.backoffMax(),
                delivery.quarantine(),
                () -> ThreadLocalRandom.current().nextLong(),
                Replica.NAME);
        return new AccountWorker(
                account,
                settings,
                database,
                time,
                key -> client(account, key),
                gate -> new Delivery(
                        account.phoneFormat(), policy, gate, metrics::called, time.wall(), time.monotonic()),
                metrics::fenced,
                journal);
    }

    private LeadClient client(Account account, ApiKey key) {
        return LeadClient.of(
                account.baseUri(),
                key,
                account.keyHeader(),
                account.concurrency(),
                settings.delivery().callDeadline());
    }

    @Scheduled(every = "${alohub.poll-interval:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Running now = running;
        if (now != null) {
            now.intake().wake();
            now.account().wake();
        }
    }

    /** The schema is migrated and the loops run. */
    public boolean isRunning() {
        return running != null;
    }

    /** As this replica last saw it; null before the first look. */
    public Gate.@Nullable View gate() {
        Running now = running;
        return now == null ? null : now.account().gate();
    }

    public boolean isSchemaReady() {
        return schema.isReady();
    }

    /** Names of loops that have not begun a round lately; a loop that waits for the database or for Alohub still turns. */
    public List<String> stalledLoops() {
        Running now = running;
        if (now == null || stopping) {
            return List.of();
        }
        Duration lately = settings.pollInterval().multipliedBy(3).plusSeconds(90);
        return now.loops().stream()
                .filter(loop -> !loop.isAlive(lately))
                .map(Loop::name)
                .toList();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        scheduler.pause();
        Thread start = starting;
        if (start != null) {
            start.join(1000);
            start.interrupt();
        }
        Running now = running;
        if (now != null) {
            LOG.info("Stopping: no new claims; awaiting the calls in flight");
            now.account().stopClaiming();
            now.sampling().stop();
            now.intake().stop();
            now.account().stop();
            LOG.info("Stopped");
        }
    }
}
