package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A list that is read at most once a second, with a clock that is held. */
class RecentTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void however_many_requests_come_the_list_is_read_once_a_second() {
        Recent<Integer> list = new Recent<>(reads::incrementAndGet, now::get);
        assertNull(list.atOnce());
        for (int i = 0; i < 1000; i++) {
            assertEquals(1, list.get());
        }
        assertEquals(1, list.atOnce());
        now.addAndGet(Recent.FRESH.toNanos());
        assertNull(list.atOnce());
        assertEquals(2, list.get());
        list.forget();
        assertEquals(3, list.get());
    }

    @Test
    void while_one_thread_reads_the_others_use_the_list_before_it_unless_that_is_too_old() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Recent<Integer> list = new Recent<>(
                () -> {
                    int read = reads.incrementAndGet();
                    if (read == 2) {
                        reading.countDown();
                        await(answer);
                    }
                    return read;
                },
                now::get);
        assertEquals(1, list.get());
        now.addAndGet(Recent.FRESH.toNanos());
        Future<Integer> slow = threads.submit(list::get);
        reading.await();
        assertEquals(1, threads.submit(list::get).get(5, TimeUnit.SECONDS));
        now.addAndGet(Recent.MEANWHILE.toNanos());
        Future<Integer> later = threads.submit(list::get);
        answer.countDown();
        assertEquals(2, slow.get());
        assertEquals(2, later.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
