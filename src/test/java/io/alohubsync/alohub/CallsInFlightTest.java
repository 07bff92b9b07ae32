package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.subscription.UniSubscriber;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clock and timers are the test's, and its thread is the event loop. */
class CallsInFlightTest {

    private static final String NO_ANSWER = "no answer within 1000 ms";

    private final List<Timer> timers = new ArrayList<>();
    private long now = Long.MAX_VALUE - 7; // such a clock may begin anywhere
    private final CallsInFlight calls = new CallsInFlight(
            Duration.ofSeconds(1),
            (task, millis) -> timers.add(new Timer(now + TimeUnit.MILLISECONDS.toNanos(millis), task)),
            () -> now);
    private final List<UniEmitter<? super Response>> servers = new ArrayList<>();
    private int closed;

    private record Timer(long at, Runnable task) {}

    private void after(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        List<Timer> due = timers.stream().filter(timer -> timer.at() - now <= 0).toList();
        timers.removeAll(due);
        due.forEach(timer -> timer.task().run());
    }

    /** A call that no server answers unless the test does. */
    private Uni<Response> pending() {
        return Uni.createFrom().emitter(emitter -> {
            servers.add(emitter);
            emitter.onTermination(() -> closed++);
        });
    }

    private List<Reply> begin(Uni<Response> request) {
        List<Reply> replies = new ArrayList<>();
        calls.begin(request, replies::add);
        return replies;
    }

    private static void assertUnknown(String words, List<Reply> replies) {
        assertEquals(List.of(new Reply.Unanswered(new Outcome.Unknown(words))), replies);
    }

    @Test
    void a_call_without_an_answer_ends_at_its_deadline_and_its_connection_is_closed() {
        List<Reply> replies = begin(pending());
        after(999);
        assertEquals(List.of(), replies);
        after(2);
        assertUnknown(NO_ANSWER, replies);
        assertEquals(1, closed);
    }

    @Test
    void each_of_many_ends_at_its_own_deadline_although_one_timer_watches_them() {
        List<Reply> first = begin(pending());
        after(400);
        List<Reply> second = begin(pending());
        assertEquals(1, timers.size());
        after(601);
        assertUnknown(NO_ANSWER, first);
        assertEquals(List.of(), second);
        assertEquals(1, timers.size(), "for the second");
        List<Reply> third = begin(pending());
        after(400);
        assertUnknown(NO_ANSWER, second);
        assertEquals(List.of(), third);
        after(601);
        assertUnknown(NO_ANSWER, third);
        assertEquals(List.of(), timers, "nothing is in flight");
    }

    @Test
    void a_call_that_was_answered_needs_no_timer_more() {
        begin(pending());
        servers.getFirst().fail(new ConnectException("refused"));
        after(1001);
        assertEquals(List.of(), timers);
    }

    @Test
    void the_first_reply_is_the_only_one() {
        List<Reply> replies = begin(pending());
        servers.getFirst().fail(new ConnectException("refused"));
        servers.getFirst().fail(new IllegalStateException("again"));
        calls.giveUp("stopped");
        after(1001);
        assertEquals(1, replies.size());
        assertInstanceOf(Outcome.NotSent.class, ((Reply.Unanswered) replies.getFirst()).outcome());
    }

    @Test
    void a_stop_gives_up_all_that_are_in_flight() {
        List<Reply> one = begin(pending());
        List<Reply> other = begin(pending());
        assertTrue(one.isEmpty());
        calls.giveUp("stopped");
        assertUnknown("stopped", one);
        assertUnknown("stopped", other);
        assertEquals(2, closed);
    }

    /** Whose connection can't be closed, as a fault in the client below would do it. */
    private static Uni<Response> faulty() {
        return new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super Response> subscriber) {
                subscriber.onSubscribe(() -> {
                    throw new IllegalStateException("closed before");
                });
            }
        };
    }

    @Test
    void a_connection_that_can_not_be_closed_keeps_no_other_call_beyond_its_deadline() {
        List<Reply> faulty = begin(faulty());
        List<Reply> other = begin(pending());
        after(1001);
        assertUnknown(NO_ANSWER, faulty);
        assertUnknown(NO_ANSWER, other);
        List<Reply> later = begin(pending());
        after(1001);
        assertUnknown(NO_ANSWER, later);
    }

    @Test
    void nor_does_a_reply_whose_reader_throws() {
        calls.begin(pending(), reply -> {
            throw new IllegalStateException("0868793800");
        });
        List<Reply> other = begin(pending());
        after(1001);
        assertUnknown(NO_ANSWER, other);
    }

    @Test
    void a_stop_gives_up_all_calls_although_a_connection_can_not_be_closed() {
        List<Reply> faulty = begin(faulty());
        List<Reply> other = begin(pending());
        calls.giveUp("stopped");
        assertUnknown("stopped", faulty);
        assertUnknown("stopped", other);
    }
}
