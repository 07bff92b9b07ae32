package io.alohubsync.intake.write;

import io.alohubsync.loop.Loop;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Commits entries of many requests together: while one transaction runs, the entries of later
 * requests gather, and the next one takes them all. Any thread adds entries and waits; two loops
 * write. What waits is bounded in number and in memory.
 */
public final class GroupCommit {

    private static final int WRITERS = 2;
    private static final int MOST_WAITING = 4_000;
    private static final long MOST_WEIGHT = 8 << 20;
    private static final int MOST_TOGETHER = 500;
    private static final Duration IDLE_WAIT =
            Duration.ofSeconds(10); // for the stop alone: an entry wakes a writer at once

    private final EntryWriter writer;
    private final Duration patience;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong weight = new AtomicLong(); // of what is in the queue
    private final List<Loop> loops = new ArrayList<>();

    /** @param patience how long an entry may take; then its row may be written or not */
    public GroupCommit(EntryWriter writer, Duration patience, LongSupplier nanoTime) {
        this.writer = writer;
        this.patience = patience;
        for (int i = 1; i <= WRITERS; i++) {
            loops.add(new Loop("intake-" + i, this::round, nanoTime));
        }
    }

    /**
     * An entry, and the request that waits for it. A request that waits no longer has completed the
     * result itself.
     */
    private record Waiting(OutboxEntry entry, CompletableFuture<Written> result) {}

    public void start() {
        loops.forEach(Loop::start);
    }

    public void stop() throws InterruptedException {
        loops.forEach(Loop::stop);
        for (Loop loop : loops) {
            loop.join(Duration.ofMillis(100));
        }
    }

    /** Returns when the entry's transaction has ended, or after the patience. */
    public Written write(OutboxEntry entry) throws InterruptedException {
        CompletableFuture<Written> result = new CompletableFuture<>();
        if (weight.addAndGet(entry.weight()) > MOST_WEIGHT || !queue.offer(new Waiting(entry, result))) {
            weight.addAndGet(-entry.weight());
            return new Written.Busy();
        }
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            result.complete(new Written.Unavailable());
            return result.join();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private void round() throws SQLException, InterruptedException {
        Waiting first = queue.poll(IDLE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            List<Waiting> group = new ArrayList<>(List.of(first));
            queue.drainTo(group, MOST_TOGETHER - 1);
            group.forEach(waiting -> weight.addAndGet(-waiting.entry().weight()));
            group.removeIf(waiting -> waiting.result().isDone());
            write(group);
        }
    }

    /** Whatever is thrown, each of the group has its result. */
    private void write(List<Waiting> group) throws SQLException {
        try {
            List<Written> written = group.isEmpty()
                    ? List.of()
                    : writer.write(group.stream().map(Waiting::entry).toList());
            for (int i = 0; i < written.size(); i++) {
                group.get(i).result().complete(written.get(i));
            }
        } finally {
            group.forEach(waiting -> waiting.result().complete(new Written.Unavailable()));
        }
    }
}
