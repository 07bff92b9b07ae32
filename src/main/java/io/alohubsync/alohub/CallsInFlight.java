package io.alohubsync.alohub;

import io.alohubsync.loop.Fault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for an answer, the oldest first, and their deadline, the same for all. So one
 * timer, for the oldest call, covers them all. Used on one event loop only.
 */
final class CallsInFlight {

    private static final Logger LOG = Logger.getLogger(CallsInFlight.class);

    private final Duration deadline;
    private final ObjLongConsumer<Runnable> timers;
    private final LongSupplier nanoTime;
    private final SequencedSet<Call> oldestFirst = new LinkedHashSet<>();
    private boolean timed;

    /** @param timers run something on the event loop, after so many milliseconds */
    CallsInFlight(Duration deadline, ObjLongConsumer<Runnable> timers, LongSupplier nanoTime) {
        this.deadline = deadline;
        this.timers = timers;
        this.nanoTime = nanoTime;
    }

    /** One call; only its first reply counts. */
    private final class Call {

        private final long begun = nanoTime.getAsLong();
        private @Nullable Consumer<Reply> replied;
        private @Nullable Cancellable connection;

        Call(Consumer<Reply> replied) {
            this.replied = replied;
        }

        boolean isOver() {
            return replied == null;
        }

        long nanosLeft() {
            return begun + deadline.toNanos() - nanoTime.getAsLong();
        }

        void end(Reply reply) {
            Consumer<Reply> listener = replied;
            if (listener != null) {
                replied = null;
                oldestFirst.remove(this);
                listener.accept(reply);
            }
        }

        /** A fault in it is this call's alone: the others are given up as well. */
        void giveUp(String why) {
            orLog(this::close);
            orLog(() -> end(new Reply.Unanswered(new Outcome.Unknown(why))));
        }

        private void close() {
            Cancellable open = connection;
            if (!isOver() && open != null) {
                open.cancel();
            }
        }

        private void orLog(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | Error fault) {
                Fault.endIfOutOfMemory(fault);
                LOG.error("A call could not be given up in order", Fault.withoutMessages(fault));
            }
        }
    }

    void begin(Uni<Response> request, Consumer<Reply> replied) {
        Call call = new Call(replied);
        call.connection = request.subscribe()
                .with(response -> call.end(ReplyReader.of(response)), failure -> call.end(ReplyReader.of(failure)));
        if (!call.isOver()) {
            oldestFirst.add(call);
            watch();
        }
    }

    void giveUp(String why) {
        while (!oldestFirst.isEmpty()) {
            oldestFirst.getFirst().giveUp(why);
        }
    }

    private void watch() {
        if (!timed && !oldestFirst.isEmpty()) {
            timed = true;
            long millis = TimeUnit.NANOSECONDS.toMillis(oldestFirst.getFirst().nanosLeft()) + 1;
            timers.accept(this::endExpiredCalls, Math.max(1, millis));
        }
    }

    private void endExpiredCalls() {
        timed = false;
        while (!oldestFirst.isEmpty() && oldestFirst.getFirst().nanosLeft() <= 0) {
            oldestFirst.getFirst().giveUp("no answer within " + deadline.toMillis() + " ms");
        }
        watch();
    }
}
