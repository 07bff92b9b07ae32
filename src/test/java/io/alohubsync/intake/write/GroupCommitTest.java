package io.alohubsync.intake.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.ScriptedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test holds each transaction open until it lets it go. */
class GroupCommitTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final List<List<?>> written = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private final ScriptedDatabase database = new ScriptedDatabase(this::answer);
    private GroupCommit commits = commits(LONG);

    private GroupCommit commits(Duration patience) {
        return new GroupCommit(new EntryWriter(database.dataSource()), patience, System::nanoTime);
    }

    /** The only statement: the insert, whose second array has the phones. */
    private List<SequencedMap<String, Object>> answer(String sql, List<Object> values) throws SQLException {
        begun.release();
        mayEnd.acquireUninterruptibly();
        if (away) {
            throw new SQLException("away", "08006");
        }
        List<?> phones = (List<?>) values.get(1);
        written.add(phones);
        List<SequencedMap<String, Object>> rows = new ArrayList<>();
        for (Object phone : phones) {
            SequencedMap<String, Object> row = new LinkedHashMap<>();
            row.put("id", Long.valueOf((String) phone));
            rows.add(row);
        }
        return rows;
    }

    @AfterEach
    void stop() throws InterruptedException {
        mayEnd.release(1000);
        commits.stop();
    }

    private static OutboxEntry entry(String phone) {
        return named(phone, "Bằng");
    }

    private static OutboxEntry named(String phone, String name) {
        return new OutboxEntry("default", "erp", phone, name, null, null, null, (short) 0, null, null);
    }

    /** @return once the request waits, its result */
    private CompletableFuture<Written> request(OutboxEntry entry) {
        CompletableFuture<Written> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(commits.write(entry));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Await.until("it waits", () -> result.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return result;
    }

    /** Both writers are in a transaction. */
    private void occupy() throws InterruptedException {
        request(entry("1"));
        begun.acquire();
        request(entry("2"));
        begun.acquire();
    }

    @Test
    void entries_that_come_while_transactions_run_are_committed_together() throws Exception {
        commits.start();
        occupy();
        List<CompletableFuture<Written>> results = new ArrayList<>();
        for (String phone : List.of("3", "4", "5")) {
            results.add(request(entry(phone)));
        }
        mayEnd.release(); // one writer goes on
        begun.acquire();
        mayEnd.release(2);
        for (int i = 0; i < 3; i++) {
            assertEquals(new Written.Row(i + 3), results.get(i).join(), "each has its own row");
        }
        assertTrue(written.contains(List.of("3", "4", "5")), written.toString());
    }

    @Test
    void a_request_waits_for_its_commit() throws Exception {
        commits.start();
        CompletableFuture<Written> result = request(entry("1"));
        begun.acquire();
        assertEquals(false, result.isDone());
        mayEnd.release();
        assertEquals(new Written.Row(1), result.join());
    }

    @Test
    void an_entry_whose_request_waits_no_longer_is_not_written() throws Exception {
        commits = commits(Duration.ofMillis(300));
        commits.start();
        occupy();
        assertInstanceOf(Written.Unavailable.class, commits.write(entry("3")));
        commits.stop(); // its loops end with their transactions
        mayEnd.release(1000);
        assertEquals(
                List.of(),
                written.stream().filter(phones -> phones.contains("3")).toList());
    }

    @Test
    void a_database_that_is_away_is_the_answer_to_each_of_the_group() throws Exception {
        commits.start();
        occupy();
        CompletableFuture<Written> third = request(entry("3"));
        CompletableFuture<Written> fourth = request(entry("4"));
        away = true;
        mayEnd.release(1000);
        assertInstanceOf(Written.Unavailable.class, third.join());
        assertInstanceOf(Written.Unavailable.class, fourth.join());
    }

    @Test
    void what_would_hold_too_much_memory_is_not_queued_and_does_not_count_afterwards() throws Exception {
        assertInstanceOf(Written.Busy.class, commits.write(named("1", "x".repeat(9 << 20))));
        commits.start();
        mayEnd.release(1000);
        assertEquals(new Written.Row(2), commits.write(named("2", "x".repeat(7 << 20))));
        assertEquals(
                new Written.Row(3), commits.write(named("3", "x".repeat(7 << 20))), "the first has left the queue");
    }
}
