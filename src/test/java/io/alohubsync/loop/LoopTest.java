package io.alohubsync.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LoopTest {

    private final AtomicLong clock = new AtomicLong();

    @Test
    void a_round_that_hangs_lets_the_loop_grow_old() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Loop loop = new Loop(
                "test",
                () -> {
                    begun.countDown();
                    end.await();
                },
                clock::get);
        loop.start();
        begun.await();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(100));
        assertEquals(100, loop.ageSeconds());
        assertFalse(loop.isAlive(Duration.ofSeconds(93)));
        loop.stop();
        end.countDown();
        loop.join(Duration.ofSeconds(10));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(50));
        assertEquals(150, loop.ageSeconds(), "one that has ended grows older too");
    }

    private static final class Fault extends RuntimeException {
        Fault() {
            super("0868793800");
        }
    }

    @Test
    void a_fault_is_logged_once_with_its_stack_and_without_its_message() throws InterruptedException {
        List<LogRecord> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getThrown() != null) {
                    lines.add(line);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Loop.class.getName());
        logger.addHandler(handler);
        try {
            CountDownLatch again = new CountDownLatch(2);
            Loop loop = new Loop(
                    "test",
                    () -> {
                        again.countDown();
                        throw new Fault();
                    },
                    clock::get);
            loop.start();
            again.await();
            loop.stop();
            loop.join(Duration.ofSeconds(10));
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(1, lines.size());
        StringWriter shown = new StringWriter();
        lines.getFirst().getThrown().printStackTrace(new PrintWriter(shown, true));
        assertTrue(shown.toString().contains("LoopTest.lambda"), shown.toString());
        assertTrue(shown.toString().contains("LoopTest$Fault"), shown.toString());
        assertFalse(shown.toString().contains("0868793800"), shown.toString());
    }

    @Test
    void faults_that_go_on_for_minutes_end_the_process_and_one_that_passes_does_not() throws InterruptedException {
        BlockingQueue<String> exits = new LinkedBlockingQueue<>();
        CountDownLatch passed = new CountDownLatch(1);
        Loop loop = new Loop(
                "test",
                () -> {
                    clock.addAndGet(TimeUnit.SECONDS.toNanos(100));
                    if (clock.get() == TimeUnit.SECONDS.toNanos(200)) {
                        passed.countDown();
                        return;
                    }
                    throw new Fault();
                },
                clock::get,
                exits::add);
        loop.start();
        passed.await();
        String sentence = exits.poll(20, TimeUnit.SECONDS);
        assertEquals(TimeUnit.SECONDS.toNanos(500), clock.get(), "the third fault in a row, 200 s after the first");
        assertTrue(sentence.contains("the loop test"), sentence);
        loop.join(Duration.ofSeconds(10));
    }
}
