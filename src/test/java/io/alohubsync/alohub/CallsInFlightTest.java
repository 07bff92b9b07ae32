package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsInFlightTest {

    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<UniEmitter<? super Response>> server = new AtomicReference<>();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A call that nobody answers unless {@link #server} does. */
    private Uni<Response> pending() {
        return Uni.createFrom().emitter(emitter -> {
            server.set(emitter);
            emitter.onTermination(() -> closed.set(true));
        });
    }

    private <T> T onLoop(java.util.function.Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.runOnContext(nothing -> done.complete(work.get()));
        return done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<Reply> begin(CallsInFlight calls, Uni<Response> request) {
        return onLoop(() -> {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            calls.begin(request, reply::complete);
            return reply;
        });
    }

    private static Outcome outcome(CompletableFuture<Reply> reply) {
        return assertInstanceOf(
                        Reply.Unanswered.class,
                        reply.orTimeout(20, TimeUnit.SECONDS).join())
                .outcome();
    }

    @Test
    void a_call_without_an_answer_ends_at_its_deadline_and_its_connection_is_closed() {
        CompletableFuture<Reply> reply = begin(new CallsInFlight(SHORT, vertx), pending());
        assertEquals(new Outcome.Unknown("no answer within 30 ms"), outcome(reply));
        assertTrue(onLoop(closed::get));
    }

    @Test
    void each_of_many_ends_at_its_own_deadline_although_one_timer_watches_them() {
        CallsInFlight calls = new CallsInFlight(SHORT, vertx);
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            replies.add(begin(calls, pending()));
            replies.getLast().orTimeout(20, TimeUnit.SECONDS);
            if (i == 2) {
                outcome(replies.getFirst()); // the timer has fired once; later calls need the next one
            }
        }
        replies.forEach(reply -> assertInstanceOf(Outcome.Unknown.class, outcome(reply)));
    }

    @Test
    void the_first_reply_is_the_only_one() {
        CallsInFlight calls = new CallsInFlight(LONG, vertx);
        List<Reply> replies = onLoop(() -> {
            List<Reply> all = new ArrayList<>();
            calls.begin(pending(), all::add);
            return all;
        });
        onLoop(() -> {
            server.get().fail(new ConnectException("refused"));
            server.get().fail(new IllegalStateException("again"));
            calls.giveUp("stopped");
            return null;
        });
        assertEquals(1, replies.size());
        assertInstanceOf(Outcome.NotSent.class, ((Reply.Unanswered) replies.getFirst()).outcome());
    }

    @Test
    void who_gives_up_gives_up_all_that_are_in_flight() {
        CallsInFlight calls = new CallsInFlight(LONG, vertx);
        CompletableFuture<Reply> one = begin(calls, pending());
        CompletableFuture<Reply> other = begin(calls, pending());
        assertFalse(one.isDone());
        onLoop(() -> {
            calls.giveUp("stopped");
            return null;
        });
        assertEquals(new Outcome.Unknown("stopped"), outcome(one));
        assertEquals(new Outcome.Unknown("stopped"), outcome(other));
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
        CallsInFlight calls = new CallsInFlight(SHORT, vertx);
        CompletableFuture<Reply> faulty = begin(calls, faulty());
        CompletableFuture<Reply> other = begin(calls, pending());
        assertEquals(new Outcome.Unknown("no answer within 30 ms"), outcome(faulty));
        assertEquals(new Outcome.Unknown("no answer within 30 ms"), outcome(other));
        assertEquals(
                new Outcome.Unknown("no answer within 30 ms"), outcome(begin(calls, pending())), "a later one too");
    }

    @Test
    void nor_does_a_reply_whose_reader_throws() {
        CallsInFlight calls = new CallsInFlight(SHORT, vertx);
        onLoop(() -> {
            calls.begin(pending(), reply -> {
                throw new IllegalStateException("0868793800");
            });
            return null;
        });
        assertEquals(new Outcome.Unknown("no answer within 30 ms"), outcome(begin(calls, pending())));
    }

    @Test
    void a_stop_gives_up_all_calls_although_a_connection_can_not_be_closed() {
        CallsInFlight calls = new CallsInFlight(LONG, vertx);
        CompletableFuture<Reply> faulty = begin(calls, faulty());
        CompletableFuture<Reply> other = begin(calls, pending());
        onLoop(() -> {
            calls.giveUp("stopped");
            return null;
        });
        assertEquals(new Outcome.Unknown("stopped"), outcome(faulty));
        assertEquals(new Outcome.Unknown("stopped"), outcome(other));
    }
}
