package io.alohubsync.delivery;

import io.alohubsync.alohub.Lead;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.alohub.Reply;
import io.alohubsync.breaker.Breaker;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.loop.Fault;
import io.alohubsync.loop.Moment;
import io.alohubsync.loop.Time;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one delivery: begin, send, classify, decide; learn, once the settlement is queued.
 * {@link Calls} takes an attempt from one to the next. A step waits for nothing, and none runs in a
 * transaction. On the event loop.
 *
 * @param format how a phone is written to Alohub
 * @param policy what follows from an outcome for the customer
 * @param breaker   says what an answer means in the account's state
 * @param traces null: traces are off
 * @param time   both clocks for the beginning of a call, the wall clock for a Retry-After that is a
 *     date, the monotonic one for the rest
 */
public record Delivery(
        PhoneFormat format,
        RetryPolicy policy,
        Breaker breaker,
        @Nullable CallTraces traces,
        Time time) {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    /**
     * An attempt that comes so long after its slot is released: its call would coincide with those
     * of later slots.
     */
    private static final long MISSED_NANOS = 40_000_000;

    /**
     * Whether a call is to be made. If not, the attempt is decided: it is released, or its customer
     * has no attempt left.
     *
     * @param client   for the key as it is now; null: there is none
     * @param stopping nothing begins any more
     */
    public boolean begin(Attempt attempt, @Nullable LeadClient client, boolean stopping) {
        Moment now = time.now();
        attempt.begun = now.monotonic();
        attempt.client = client;
        Claimed customer = attempt.customer;
        // Before any release: a release clears the mark of the lost lease, and the next claim could
        // not tell that the last attempt is used up.
        if (policy.isExhausted(customer)) {
            attempt.outcome = new Outcome.NotStarted();
            attempt.settlement = policy.decideExhausted(customer);
            return false;
        }
        boolean inTime = attempt.untilSlot(attempt.begun) >= -MISSED_NANOS;
        if (client == null || stopping || !inTime || !breaker.mayBegin(customer.probe())) {
            return release(attempt);
        }
        return attempt.lease.mayBegin(now) || release(attempt);
    }

    /** The monotonic clock. */
    public long now() {
        return time.monotonic().getAsLong();
    }

    /** Due again at once, no attempt spent. @return false: no call is to be made */
    private boolean release(Attempt attempt) {
        Outcome outcome = new Outcome.NotStarted();
        attempt.outcome = outcome;
        attempt.settlement = policy.decide(attempt.customer, outcome, Duration.ZERO, true, null);
        return false;
    }

    /**
     * @param replied takes what came back, on the event loop and once
     * @throws RuntimeException nothing is on its way
     */
    public void send(Attempt attempt, Consumer<Reply> replied) {
        if (traces != null) {
            attempt.trace = traces.begin(attempt.customer);
            attempt.customer = attempt.customer.traced(attempt.trace.traceparent());
        }
        LeadClient client = Objects.requireNonNull(attempt.client);
        Lead lead = lead(attempt.customer);
        attempt.lead = lead;
        String traceparent = attempt.customer.traceparent();
        if (traceparent == null) {
            client.upsert(lead, replied);
        } else {
            client.upsert(lead, traceparent, replied);
        }
    }

    private Lead lead(Claimed customer) {
        String phone = format == PhoneFormat.E164
                ? customer.phone().e164()
                : customer.phone().national();
        return new Lead(phone, customer.email(), customer.name());
    }

    /** Reads the reply. */
    public void classify(Attempt attempt, Reply reply) {
        attempt.outcome = switch (reply) {
            case Reply.Answered(var answer) ->
                Objects.requireNonNull(attempt.client)
                        .read(answer, time.wall().instant(), Objects.requireNonNull(attempt.lead));
            case Reply.Unanswered(var outcome) -> outcome;
        };
    }

    /** What follows for the customer. */
    public void decide(Attempt attempt) {
        Breaker.Judgement judgement = breaker.judge(attempt.customer, Objects.requireNonNull(attempt.outcome));
        attempt.outcome = judgement.outcome();
        attempt.settlement = policy.decide(
                attempt.customer,
                judgement.outcome(),
                duration(attempt),
                judgement.sparesAttempt(),
                judgement.trippedBy());
    }

    /**
     * A fault of the program. The request may have left: the outcome is Unknown, and the phone is
     * in quarantine.
     */
    public void decideFaulty(Attempt attempt, Throwable fault) {
        Fault.endIfOutOfMemory(fault);
        LOG.errorf(Fault.withoutMessages(fault), "The call for %s failed", attempt.customer);
        Outcome outcome = new Outcome.Unknown(
                "the call failed in alohub-sync itself: " + fault.getClass().getName());
        attempt.outcome = outcome;
        attempt.settlement = policy.decide(attempt.customer, outcome, duration(attempt), false, null);
    }

    private Duration duration(Attempt attempt) {
        return Duration.ofNanos(now() - attempt.begun);
    }

    /**
     * The breaker learns what the call has shown of the account. The settlement is queued already,
     * so a refund is written after it.
     *
     * @return the claiming loop has something to write
     */
    public boolean learn(Attempt attempt) {
        return attempt.client != null
                && breaker.learn(new Breaker.EndedCall(
                        attempt.customer,
                        Objects.requireNonNull(attempt.outcome),
                        Objects.requireNonNull(attempt.settlement).isSpent(),
                        attempt.client.key(),
                        attempt.begun));
    }

    /** Ends the trace of the call. @return the event for the listeners */
    public AttemptFinished event(Attempt attempt) {
        Settlement settlement = Objects.requireNonNull(attempt.settlement);
        if (attempt.trace != null) {
            end(attempt.trace, settlement);
        }
        return new AttemptFinished(settlement, Objects.requireNonNull(attempt.outcome));
    }

    private static void end(CallTraces.CallTrace trace, Settlement settlement) {
        try {
            trace.end(settlement);
        } catch (RuntimeException | Error fault) {
            Fault.endIfOutOfMemory(fault);
            LOG.error("The trace of a call could not be ended", Fault.withoutMessages(fault));
        }
    }
}
