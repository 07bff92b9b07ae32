package io.alohubsync.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schedule is the test: it runs the job when it likes. */
class JobTest {

    private static final Logger LOG = Logger.getLogger(Job.class.getName());

    private final AtomicLong clock = new AtomicLong();
    private final List<String> exits = new ArrayList<>();
    private final List<LogRecord> lines = new ArrayList<>();
    private int runs;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(handler);
    }

    private Job job(Loop.Round run) {
        return new Job(
                "sample",
                () -> {
                    runs++;
                    run.run();
                },
                clock::get,
                exits::add);
    }

    private static final class Fault extends RuntimeException {
        Fault() {
            super("0868793800");
        }
    }

    @Test
    void a_fault_ends_a_run_and_is_logged_once_without_its_message_and_the_next_run_begins() {
        Job job = job(() -> {
            if (runs < 3) {
                throw new Fault();
            }
        });
        job.run();
        job.run();
        job.run();
        assertEquals(3, runs);
        assertEquals(1, lines.stream().filter(line -> line.getThrown() != null).count());
        assertFalse(
                lines.stream().anyMatch(line -> String.valueOf(line.getThrown()).contains("0868793800")));
        assertEquals(3, lines.size(), "the fault, that it is tried again, that it works again");
        assertEquals(List.of(), exits);
    }

    @Test
    void a_lost_database_ends_a_run_and_is_logged_when_it_begins_and_when_it_is_over() {
        Job job = job(() -> {
            if (runs < 3) {
                throw new SQLException("lost", "08006");
            }
        });
        job.run();
        job.run();
        assertEquals(1, lines.size());
        job.run();
        assertEquals(2, lines.size());
    }

    /** A full disk is no lost connection: reads still pass. So it is with a commit that waits for a standby. */
    @Test
    void what_keeps_from_writing_is_reported_until_a_round_passes_or_fails_otherwise() {
        SQLException full = new SQLException("failed", "53100");
        SQLException lost = new SQLException("failed", "08006");
        SQLException unanswered = new SQLException("failed", "08006", new SocketTimeoutException());
        List<SQLException> failures = new ArrayList<>(List.of(full, full, lost, unanswered, full));
        Job job = job(() -> {
            if (!failures.isEmpty()) {
                throw failures.removeFirst();
            }
        });
        assertNull(job.cannotWrite());
        for (boolean kept : new boolean[] {true, true, false, true, true, false}) {
            job.run();
            assertEquals(kept, job.cannotWrite() != null);
        }
    }

    @Test
    void a_full_disk_that_a_seldom_job_found_is_reported_for_half_a_minute() {
        Job job = job(() -> {
            throw new SQLException("failed", "53100");
        });
        job.run();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(29));
        assertEquals("the database, whose disk is full", job.cannotWrite());
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertNull(job.cannotWrite());
    }

    @Test
    void faults_that_go_on_for_minutes_end_the_process() {
        Job job = job(() -> {
            throw new Fault();
        });
        job.run();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(180));
        job.run();
        assertEquals(List.of(), exits);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        job.run();
        assertEquals(1, exits.size());
        assertTrue(exits.getFirst().contains("the job sample has failed in each round"), exits.getFirst());
        job.run();
        assertEquals(3, runs, "it ends");
    }

    @Test
    void it_grows_old_while_a_run_hangs_and_while_nobody_runs_it_and_a_second_run_does_not_begin_beside_the_first()
            throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Job job = job(() -> {
            begun.countDown();
            end.await();
        });
        Thread schedule = Thread.ofPlatform().start(job::run);
        begun.await();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(93));
        job.run();
        assertEquals(1, runs);
        assertEquals(93, job.ageSeconds());
        assertFalse(job.isAlive(Duration.ofSeconds(93)));
        end.countDown();
        schedule.join();
        assertFalse(job.isAlive(Duration.ofSeconds(93)));
        job.run();
        assertTrue(job.isAlive(Duration.ofSeconds(93)));
    }

    @Test
    void none_begins_after_the_stop_and_one_that_does_not_end_is_interrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Job job = job(() -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        Thread schedule = Thread.ofPlatform().start(job::run);
        begun.await();
        job.stop();
        job.join(Duration.ofMillis(1));
        schedule.join(Duration.ofSeconds(10));
        assertFalse(schedule.isAlive());
        job.run();
        assertEquals(1, runs);
    }
}
