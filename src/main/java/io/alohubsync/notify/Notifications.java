package io.alohubsync.notify;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.NotifySettings;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.daemon.Daemon;
import io.alohubsync.loop.Job;
import io.alohubsync.loop.Time;
import io.alohubsync.observe.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notifications of this replica, if they are on: else there is no job, no thread and no statement,
 * and no class beside this one.
 */
@ApplicationScoped
class Notifications {

    private static final Logger LOG = Logger.getLogger(Notifications.class);
    private static final String NAME = "notify";
    private static final Duration TO_END_A_RUN = Duration.ofSeconds(1);

    private final AlohubSettings settings;
    private final AgroalDataSource database;
    private final Metrics metrics;
    private final MeterRegistry registry;
    private final Instance<ReactiveMailer> mailer;
    private volatile @Nullable Job job; // written by the container's thread
    private boolean watched; // of the job

    Notifications(
            AlohubSettings settings,
            AgroalDataSource database,
            Metrics metrics,
            MeterRegistry registry,
            Instance<ReactiveMailer> mailer) {
        this.settings = settings;
        this.database = database;
        this.metrics = metrics;
        this.registry = registry;
        this.mailer = mailer;
    }

    /** The scheduler is halted until the daemon has started, and paused before it stops. */
    void onStart(@Observes StartupEvent event, Scheduler scheduler, Daemon daemon) {
        NotifySettings on = settings.notifications();
        if (!NotifySettings.isOn(on)) {
            return;
        }
        if (on.webhook().url().isPresent() && WebhookWay.secret(on.webhook()).length() < 16) {
            throw new SettingsProblem(List.of("alohub.notify.webhook.secret-file can't be read or holds less than 16"
                    + " characters: put the secret alone into it."));
        }
        Time time = Time.system();
        Writer writer = new Writer(
                new Words(on.language(), ZoneId.of(on.zone().strip())),
                on.consoleUrl().orElse(null));
        Ways ways = new Ways(on, writer, time);
        Round round = Round.of(on, database, metrics::figures, registry, ways.all(mailer::get), time);
        Job notify = new Job(NAME, () -> run(round, daemon), time.monotonic());
        job = notify;
        scheduler
                .newJob(NAME)
                .setInterval(on.interval().toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(run -> notify.run())
                .schedule();
        LOG.infof("Notifications go by %s", ways.channels());
    }

    /** The job is watched from its first run on, which comes when the daemon has started. */
    private void run(Round round, Daemon daemon) throws SQLException, InterruptedException {
        Job running = job;
        if (!watched && running != null) {
            watched = true;
            metrics.watch(running);
            daemon.watch(running);
        }
        round.run();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        Job started = job;
        if (started != null) {
            started.stop();
            started.join(TO_END_A_RUN);
        }
    }
}
