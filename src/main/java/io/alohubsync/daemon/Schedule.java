package io.alohubsync.daemon;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.alohubsync.loop.Job;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What runs at fixed intervals. A time that comes while a run of the same job lasts is skipped.
 * Quarkus' scheduler is halted (application.properties) until the daemon calls {@link #start}, so
 * no job runs before the start has succeeded.
 *
 * <p>Work that waits for an event is not scheduled and has a {@link io.alohubsync.loop.Loop}: the
 * merge waits for the notification of a source, a claim for free capacity or its next slot, a
 * settlement for an answer (docs/adr/0032).
 */
@ApplicationScoped
class Schedule {

    static final String POLL = "poll";
    static final String SAMPLE = "sample";
    static final String TRANSACTIONS = "transactions";
    static final String STORAGE = "storage";
    static final String ACCOUNTS = "accounts";
    static final String ACTIVITY = "activity";
    static final String PURGE = "purge";
    static final String EXPIRED = "expired";

    private final Scheduler scheduler;
    private volatile Map<String, Job> jobs = Map.of(); // written by the thread start, read by the scheduler's threads

    Schedule(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Wakes claims, unless the merge asks for them at each poll: {@code merge/WorkPoll}. */
    @Scheduled(identity = POLL, every = "${alohub.poll-interval:1s}", concurrentExecution = SKIP)
    void poll() {
        run(POLL);
    }

    /** The figures of page and metrics. */
    @Scheduled(identity = SAMPLE, every = "2s", concurrentExecution = SKIP)
    void sample() {
        run(SAMPLE);
    }

    @Scheduled(identity = TRANSACTIONS, every = "10s", concurrentExecution = SKIP)
    void transactions() {
        run(TRANSACTIONS);
    }

    @Scheduled(identity = STORAGE, every = "60s", concurrentExecution = SKIP)
    void storage() {
        run(STORAGE);
    }

    /** The heartbeat: this replica serves its accounts. The start has recorded it once. */
    @Scheduled(identity = ACCOUNTS, every = "30s", delayed = "30s", concurrentExecution = SKIP)
    void accounts() {
        run(ACCOUNTS);
    }

    /** The line of the activity log. */
    @Scheduled(identity = ACTIVITY, every = "10s", delayed = "10s", concurrentExecution = SKIP)
    void activity() {
        run(ACTIVITY);
    }

    @Scheduled(identity = PURGE, every = "5s", concurrentExecution = SKIP)
    void purge() {
        run(PURGE);
    }

    /** Idempotency keys of the intake, failed logins and ended ones. */
    @Scheduled(identity = EXPIRED, every = "60s", delayed = "30s", concurrentExecution = SKIP)
    void expired() {
        run(EXPIRED);
    }

    private void run(String name) {
        Job job = jobs.get(name);
        if (job != null) {
            job.run();
        }
    }

    /** The first runs begin within a second. */
    void start(List<Job> all) {
        jobs = all.stream().collect(Collectors.toMap(Job::name, Function.identity()));
        scheduler.resume();
    }

    /** No run begins after this; runs that last go on to their end. */
    void stop() {
        scheduler.pause();
        jobs.values().forEach(Job::stop);
    }

    /** Waits for the end of runs; interrupts those that last longer. */
    void join(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (Job job : jobs.values()) {
            job.join(Duration.ofNanos(end - System.nanoTime()));
        }
    }
}
