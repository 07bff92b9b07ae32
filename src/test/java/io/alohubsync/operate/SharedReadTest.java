package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A read that many open pages repeat. */
class SharedReadTest {

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private Duration cost = Duration.ofMillis(100);

    private final SharedRead<String, Integer> read = new SharedRead<>(
            key -> {
                pass(cost);
                return reads.incrementAndGet();
            },
            clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void those_who_repeat_get_what_was_read_for_sixty_times_its_cost() {
        assertEquals(1, read.recent("a"));
        pass(Duration.ofMillis(5999));
        assertEquals(1, read.recent("a"));
        assertEquals(2, read.recent("b"), "another question");
        pass(Duration.ofMillis(2));
        assertEquals(3, read.recent("a"));
    }

    @Test
    void a_quick_read_is_kept_for_a_second_and_a_slow_one_for_ten() {
        cost = Duration.ZERO;
        read.recent("a");
        pass(Duration.ofMillis(999));
        assertEquals(1, read.recent("a"));
        cost = Duration.ofMillis(1900);
        pass(Duration.ofMillis(2));
        assertEquals(2, read.recent("a"));
        pass(Duration.ofMillis(9999));
        assertEquals(2, read.recent("a"));
        pass(Duration.ofMillis(2));
        assertEquals(3, read.recent("a"));
    }

    @Test
    void who_opens_a_page_reads_and_those_who_repeat_it_get_that() {
        assertEquals(1, read.recent("a"));
        assertEquals(2, read.now("a"));
        assertEquals(2, read.recent("a"));
    }

    @Test
    void those_who_come_together_share_one_read_and_its_failure() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        SharedRead<String, Integer> failing = new SharedRead<>(
                key -> {
                    reads.incrementAndGet();
                    begun.countDown();
                    await(mayEnd);
                    throw new Unavailable(Unavailable.Why.SLOW, new IllegalStateException());
                },
                clock::get);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Unavailable>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(people.submit(() -> assertThrows(Unavailable.class, () -> failing.recent("a"))));
            }
            await(begun);
            mayEnd.countDown();
            for (Future<Unavailable> answer : answers) {
                assertEquals(Unavailable.Why.SLOW, answer.get().why());
            }
        }
        assertEquals(1, reads.get());
        pass(Duration.ofMillis(1001));
        assertThrows(Unavailable.class, () -> failing.recent("a"));
        assertEquals(2, reads.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
