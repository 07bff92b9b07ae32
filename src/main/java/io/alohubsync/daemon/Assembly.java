package io.alohubsync.daemon;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.account.Account;
import io.alohubsync.account.Unregistered;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.delivery.MergeLeasing;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.loop.Exit;
import io.alohubsync.loop.Job;
import io.alohubsync.loop.Loop;
import io.alohubsync.loop.Time;
import io.alohubsync.merge.IdleWait;
import io.alohubsync.merge.Leasing;
import io.alohubsync.merge.MergeLoop;
import io.alohubsync.merge.MergeStep;
import io.alohubsync.merge.OutboxMerge;
import io.alohubsync.merge.RowListener;
import io.alohubsync.merge.RowReader;
import io.alohubsync.merge.SecondMerge;
import io.alohubsync.merge.WorkPoll;
import io.alohubsync.observe.Sampler;
import io.alohubsync.retention.ExpiredRows;
import io.alohubsync.retention.Retention;
import io.alohubsync.schema.RefusedLogin;
import io.alohubsync.schema.Schema;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Puts the loops of this replica together, from the settings, and starts them. */
@Singleton
class Assembly {

    private static final Logger LOG = Logger.getLogger(Assembly.class);

    private final AlohubSettings settings;
    private final AgroalDataSource database;
    private final Deliveries deliveries;
    private final Observers observers;
    private final Time time = Time.system();
    private final LongSupplier nanoTime = time.monotonic();
    private final RefusedLogin login = new RefusedLogin(nanoTime, Exit::because);
    private final Schema schema;
    private final Unregistered unregistered = new Unregistered();

    Assembly(
            AlohubSettings settings,
            AgroalDataSource database,
            Flyway flyway,
            Deliveries deliveries,
            Observers observers) {
        this.settings = settings;
        this.database = database;
        this.schema = new Schema(flyway, database, settings.database().migrate(), login);
        this.deliveries = deliveries;
        this.observers = observers;
    }

    Schema schema() {
        return schema;
    }

    /**
     * Accounts that can't be registered keep back no other; the heartbeat tries them again.
     *
     * @throws SQLException the database takes no registration now; nothing runs
     */
    Running start(List<Account> configured) throws SQLException {
        Map<String, AccountDelivery> accounts = new TreeMap<>();
        for (Account account : configured) {
            accounts.put(account.name(), deliveries.of(account, time));
        }
        Running.register(accounts.values(), unregistered) // before a row is merged
                .forEach((name, failure) -> LOG.warnf(
                        "Account %s could not be registered and is tried again every 30 s; the others start without it (%s)",
                        name, DatabaseTrouble.inLog(failure)));
        Running running = running(accounts);
        accounts.forEach((name, account) -> observers.metrics().watch(name, account::breaker));
        running.start();
        running.loopsAndJobs().forEach(observers.metrics()::watch);
        return running;
    }

    private MergeLoop merging(Map<String, AccountDelivery> accounts, WorkPoll poll) throws SQLException {
        RowReader reader = RowReader.from(settings);
        OutboxMerge merge = new OutboxMerge(
                database, reader, unregistered, settings.tracing().enabled(), nanoTime);
        merge.storeRules(RowReader.rules(settings.phone()));
        Map<String, MergeLeasing> leasing = new TreeMap<>();
        accounts.forEach((name, account) -> leasing.put(name, account.leasing()));
        MergeStep step = new MergeStep(merge, new Leasing(leasing), merged -> {
            observers.merged(merged);
            wake(accounts, merged.accountsToClaim());
        });
        boolean listen = settings.database().listen();
        RowListener listener = listen ? new RowListener(database, settings.pollInterval(), nanoTime) : null;
        IdleWait wait = new IdleWait(listener, settings.pollInterval());
        return new MergeLoop(step, wait, poll, new SecondMerge(step, wait, nanoTime), nanoTime);
    }

    private static void wake(Map<String, AccountDelivery> accounts, Collection<String> names) {
        names.stream().map(accounts::get).filter(Objects::nonNull).forEach(AccountDelivery::wake);
    }

    private Running running(Map<String, AccountDelivery> accounts) throws SQLException {
        Retention retention = new Retention(database, settings.retention(), observers::purged, nanoTime);
        WorkPoll poll = new WorkPoll(database, accounts.keySet(), nanoTime);
        List<Job> jobs = new ArrayList<>(jobs(accounts.values(), retention));
        jobs.add(job(Schedule.POLL, () -> poll(accounts.values(), poll)));
        return new Running(merging(accounts, poll), accounts, retention, jobs);
    }

    /**
     * Customers become due by time alone. While the merge is at work it asks no question, so each
     * claim looks for itself.
     */
    private void poll(Collection<AccountDelivery> accounts, WorkPoll poll) {
        boolean asked = poll.isAnsweredWithin(settings.pollInterval().multipliedBy(2));
        accounts.forEach(account -> account.poll(asked));
    }

    /** What the {@link Schedule} runs. */
    private List<Job> jobs(Collection<AccountDelivery> accounts, Retention retention) {
        Sampler sampler = new Sampler(database, observers.metrics(), nanoTime);
        ExpiredRows expired = new ExpiredRows(database);
        return List.of(
                job(Schedule.SAMPLE, () -> sample(sampler)),
                job(Schedule.TRANSACTIONS, sampler::oldestTransaction),
                job(Schedule.STORAGE, sampler::storage),
                job(Schedule.ACCOUNTS, () -> Running.registerAgain(accounts, unregistered)),
                job(Schedule.ACTIVITY, observers.activityLog()::write),
                job(Schedule.PURGE, retention::run),
                job(Schedule.EXPIRED, expired::purge));
    }

    private Job job(String name, Loop.Round run) {
        return new Job(name, run, nanoTime);
    }

    /**
     * The counts are asked for at least every minute, so this finds out when the database refuses
     * the user.
     */
    private void sample(Sampler sampler) throws SQLException {
        try {
            sampler.figures();
            login.passed();
        } catch (SQLException failure) {
            login.failed(failure);
            throw failure;
        }
    }
}
