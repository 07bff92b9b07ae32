package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(3, Duration.ZERO);

    private void assertBusy(int wanted) {
        Refused refused = assertThrows(Refused.class, () -> places.take(wanted));
        assertEquals(Refusal.BUSY, refused.refusal());
        assertEquals(1, refused.retryAfterSeconds());
    }

    @Test
    void a_request_that_finds_no_place_is_refused_and_takes_none() {
        Places.Place two = places.take(2);
        assertBusy(2);
        places.take(1);
        assertBusy(1);
        two.free();
        places.take(2);
    }

    @Test
    void a_place_is_freed_once_however_often_that_is_said() {
        Places.Place all = places.take(3);
        all.free();
        all.free(); // at the end of the request, and of its connection
        places.take(3);
        assertBusy(1);
    }

    @Test
    void a_request_that_throws_frees_its_place() {
        Places one = new Places(1, Duration.ZERO);
        assertThrows(
                IllegalStateException.class,
                () -> one.within(() -> {
                    throw new IllegalStateException("a fault");
                }));
        assertEquals("next", one.within(() -> "next"));
    }

    @Test
    void a_place_that_is_freed_meanwhile_goes_to_the_one_that_waits() {
        Places patient = new Places(1, Duration.ofMinutes(1));
        Places.Place first = patient.take(1);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> {
            thread.complete(Thread.currentThread());
            return patient.within(() -> "second");
        });
        Await.until("it waits", () -> thread.join().getState() == Thread.State.TIMED_WAITING);
        first.free();
        assertEquals("second", second.orTimeout(20, TimeUnit.SECONDS).join());
    }

    @Test
    void a_wait_that_is_interrupted_ends_as_a_refusal_and_the_thread_stays_interrupted() {
        Places patient = new Places(1, Duration.ofMinutes(1));
        patient.take(1);
        Thread.currentThread().interrupt();
        assertThrows(Refused.class, () -> patient.take(1));
        assertTrue(Thread.interrupted());
    }
}
