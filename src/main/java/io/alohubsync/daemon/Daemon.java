package io.alohubsync.daemon;

import io.alohubsync.account.Account;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.loop.Exit;
import io.alohubsync.loop.Fault;
import io.alohubsync.loop.Repeated;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.Schema;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The daemon: waits for the database, then merges and delivers until it is stopped. The thread
 * {@code start} waits and starts. The event loop looks for what hangs, and writes {@code stopping}
 * when it ends the process. The container's main thread starts and stops it.
 */
@ApplicationScoped
public class Daemon {

    private static final Logger LOG = Logger.getLogger(Daemon.class);

    /**
     * Beyond the last call: what its settlement and the last rounds of the loops may take.
     * docs/settings.md allows a second more.
     */
    private static final Duration TO_STOP = Duration.ofSeconds(7);

    private static final Duration TO_END_A_RUN = Duration.ofSeconds(1);

    /** How often it is asked whether something hangs. */
    private static final Duration WATCH = Duration.ofSeconds(10);

    private final AlohubSettings settings;
    private final Assembly assembly;
    private final Observers observers;
    private final Schema schema;
    private final StalledLoops stalled;
    private final StuckAccounts stuck = new StuckAccounts(System::nanoTime, Exit::because);
    private final Schedule schedule;
    private final Vertx vertx;
    private final Object handover = new Object(); // the start and the stop: the second of them sees the first
    private volatile boolean stopping; // written by the thread that stops, and on the event loop
    private volatile @Nullable Running running; // written by the thread start
    private @Nullable Thread starting; // of the container's thread
    private volatile long watching; // the timer's number; written by the thread start

    Daemon(AlohubSettings settings, Assembly assembly, Observers observers, Schedule schedule, Vertx vertx) {
        this.settings = settings;
        this.schema = assembly.schema();
        this.assembly = assembly;
        this.observers = observers;
        this.schedule = schedule;
        this.vertx = vertx;
        this.stalled = new StalledLoops(settings.pollInterval(), System::nanoTime, Exit::because);
    }

    /**
     * @throws SettingsProblem a key file holds no sound key: there is no last good one yet that
     *                         could be kept
     */
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
        observers.startTraces();
        starting = Thread.ofPlatform().name("start").daemon().start(() -> startWhenTheDatabaseIsThere(configured));
    }

    private static String keyFile(Account account) {
        return account.name().equals(ConfiguredAccount.DEFAULT)
                ? "alohub.api-key-file"
                : "alohub.accounts." + account.name() + ".api-key-file";
    }

    private void startWhenTheDatabaseIsThere(List<Account> accounts) {
        orExit(() -> {
            schema.awaitReady(() -> stopping);
            while (!stopping && running == null) {
                tryStart(accounts);
            }
        });
    }

    @FunctionalInterface
    interface Start {
        void run() throws InterruptedException;
    }

    /** Whatever is thrown, the process does not stay without its loops. */
    static void orExit(Start start) {
        try {
            start.run();
        } catch (InterruptedException stopped) {
            LOG.debug("Stopped while it waited for the database");
        } catch (Migration.Unusable unusable) {
            Exit.because(unusable.getMessage());
        } catch (RuntimeException | Error fault) {
            Fault.endIfOutOfMemory(fault);
            LOG.error("The start failed", Fault.withoutMessages(fault));
            Exit.because("the start failed: " + fault.getClass().getName());
        }
    }

    private void tryStart(List<Account> accounts) throws InterruptedException {
        try {
            Running started = assembly.start(accounts);
            if (!handedOver(started)) {
                started.stop(); // a stop came while it waited for the database, and has not seen it
                return;
            }
            schedule.start(started.jobs());
            watching = vertx.setPeriodic(WATCH.toMillis(), timer -> endIfStuck(started));
            accounts.forEach(account -> LOG.infof(
                    "Delivering account %s to %s, %d calls at a time",
                    account.name(), account.baseUri().getHost(), account.concurrency()));
        } catch (SQLException failure) {
            LOG.warnf("The accounts could not be registered and are tried again (%s)", DatabaseTrouble.inLog(failure));
            Thread.sleep(500);
        }
    }

    /** @return false: the daemon stops */
    private boolean handedOver(Running started) {
        synchronized (handover) {
            running = stopping ? null : started;
            return running != null;
        }
    }

    /**
     * On the event loop, whose timers go by the monotonic clock: what hangs may be the schedule
     * itself.
     */
    private void endIfStuck(Running now) {
        if (!stopping && (stalled.endIfStuck(now.loopsAndJobs()) || stuck.endIfStuck(now.withStuckCustomers()))) {
            stopping = true; // said once
        }
    }

    /** The schema is migrated and the loops run. */
    public boolean isRunning() {
        return running != null;
    }

    /** Why a loop or job has just failed to write; null: none has. */
    @Nullable
    String cannotWrite() {
        Running now = running;
        return now == null
                ? null
                : now.loopsAndJobs().stream()
                        .map(Repeated::cannotWrite)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    public boolean isSchemaReady() {
        return schema.isReady();
    }

    /**
     * Names of loops that have not begun a round lately, and of accounts with customers that are
     * unsettled long after the end of their leases. A loop that waits for the database or for
     * Alohub still begins rounds.
     */
    public List<String> stalledLoops() {
        Running now = running;
        if (now == null || stopping) {
            return List.of();
        }
        Stream<String> loops = stalled.names(now.loopsAndJobs()).stream();
        Stream<String> stuckAccounts = now.withStuckCustomers().stream().map(account -> "stuck-" + account);
        return Stream.concat(loops, stuckAccounts).toList();
    }

    /** Liveness and the end of a process that hangs cover this job of a room above as well. */
    public void watch(Repeated job) {
        stalled.watch(job);
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        synchronized (handover) {
            stopping = true;
        }
        ForcedExit.after(
                settings.delivery().callDeadline().plus(settings.pollInterval()).plus(TO_STOP));
        schedule.stop();
        Thread start = starting;
        if (start != null) {
            start.join(1000);
            start.interrupt();
        }
        Running now = running;
        if (now != null) {
            LOG.info("Stopping: no new claims; awaiting the calls in flight");
            vertx.cancelTimer(watching);
            now.stop();
            schedule.join(TO_END_A_RUN);
            observers.stopTraces();
            LOG.info("Stopped");
        }
    }
}
