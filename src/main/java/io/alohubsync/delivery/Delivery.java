package io.alohubsync.delivery;

import io.alohubsync.account.GateChange;
import io.alohubsync.alohub.Lead;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.config.Fault;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one customer: send, classify, decide; the settlement is handed on. It waits nowhere: the answer continues it,
 * on the event loop that the call was made on. Never in a transaction.
 *
 * @param format   how a phone is written to Alohub
 * @param policy   what follows from an outcome for the customer
 * @param streak   calls that came to nothing, one after the other
 * @param gate     is told what follows for the account
 * @param meter    is told each outcome and the call's time
 * @param clock    the wall clock, for Retry-After as a date
 * @param nanoTime the monotonic clock
 * @param traces   is told each call; null: traces are off
 */
public record Delivery(
        PhoneFormat format,
        RetryPolicy policy,
        Streak streak,
        GateSide gate,
        Meter meter,
        InstantSource clock,
        LongSupplier nanoTime,
        @Nullable CallTraces traces) {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    @FunctionalInterface
    public interface Meter {
        void called(Outcome outcome, Duration duration);
    }

    /** What came of it, for the customer and for those who ask what it means for the account. */
    public record Result(Settlement settlement, Outcome outcome) {}

    /**
     * To be called on the event loop, where the result comes too: always, and once. A fault of ours is an Unknown outcome.
     *
     * @param sendBy on the monotonic clock: what has not begun by then is not begun
     */
    public void deliver(Claimed customer, LeadClient client, long sendBy, Consumer<Result> done) {
        long begun = nanoTime.getAsLong();
        if (policy.isExhausted(customer)) {
            done.accept(new Result(policy.settleExhausted(customer), new Outcome.NotStarted()));
        } else if (begun - sendBy > 0) {
            done.accept(giveBack(customer));
        } else if (traces == null) {
            call(customer, client, outcome -> done.accept(decide(customer, outcome, begun)));
        } else {
            callTraced(customer, client, begun, traces, done);
        }
    }

    private void callTraced(
            Claimed untraced, LeadClient client, long begun, CallTraces tracing, Consumer<Result> done) {
        CallTraces.CallTrace trace;
        try {
            trace = tracing.begin(untraced);
        } catch (RuntimeException | Error fault) {
            done.accept(decide(untraced, ourFault(untraced, fault), begun));
            return;
        }
        Claimed customer = untraced.traced(trace.traceparent());
        call(customer, client, outcome -> {
            Result result = decide(customer, outcome, begun);
            end(trace, result.settlement());
            done.accept(result);
        });
    }

    private static void end(CallTraces.CallTrace trace, Settlement settlement) {
        try {
            trace.end(settlement);
        } catch (RuntimeException | Error fault) {
            Fault.endIfOutOfMemory(fault);
            LOG.error("The trace of a call could not be ended", Fault.withoutMessages(fault));
        }
    }

    private Result decide(Claimed customer, Outcome read, long begun) {
        Duration duration = Duration.ofNanos(nanoTime.getAsLong() - begun);
        Result result;
        try {
            Outcome outcome = GateRule.limited(
                    customer, charged(customer, read, gate.acceptedSinceOpen()), gate::acceptedAnother);
            boolean free = customer.probe() || gate.isClosed();
            result = new Result(policy.settle(customer, outcome, duration, free, gate.closedBy()), outcome);
        } catch (RuntimeException | Error fault) {
            Outcome outcome = ourFault(customer, fault);
            result = new Result(policy.settle(customer, outcome, duration, false, null), outcome);
        }
        measure(result.outcome(), duration);
        return result;
    }

    /** A figure that can't be kept is no reason to lose what was answered. */
    private void measure(Outcome outcome, Duration duration) {
        try {
            meter.called(outcome, duration);
        } catch (RuntimeException | Error fault) {
            Fault.endIfOutOfMemory(fault);
            LOG.error("A call could not be counted", Fault.withoutMessages(fault));
        }
    }

    /** Not begun, and not to be: due again at once, no attempt spent. */
    public Result giveBack(Claimed customer) {
        Outcome outcome = new Outcome.NotStarted();
        return new Result(policy.settle(customer, outcome, Duration.ZERO, true, null), outcome);
    }

    private void call(Claimed customer, LeadClient client, Consumer<Outcome> done) {
        Lead lead = lead(customer);
        try {
            Consumer<LeadClient.Reply> replied = reply -> done.accept(classify(customer, reply, client, lead));
            if (traces == null || customer.traceparent() == null) {
                client.upsert(lead, replied);
            } else {
                client.upsert(lead, customer.traceparent(), replied);
            }
        } catch (RuntimeException | Error fault) {
            done.accept(ourFault(customer, fault));
        }
    }

    private Outcome classify(Claimed customer, LeadClient.Reply reply, LeadClient client, Lead lead) {
        try {
            return switch (reply) {
                case LeadClient.Reply.Answered(var answer) -> client.read(answer, clock.instant(), lead);
                case LeadClient.Reply.Unanswered(var outcome) -> outcome;
            };
        } catch (RuntimeException | Error fault) {
            return ourFault(customer, fault);
        }
    }

    /** The request may have left: as long as nobody knows, the phone keeps quiet for Q. */
    private static Outcome ourFault(Claimed customer, Throwable fault) {
        Fault.endIfOutOfMemory(fault);
        LOG.errorf(Fault.withoutMessages(fault), "The call for %s failed", customer);
        return new Outcome.Unknown(
                "the call failed in alohub-sync itself: " + fault.getClass().getName());
    }

    private Lead lead(Claimed customer) {
        String phone = format == PhoneFormat.E164
                ? customer.phone().e164()
                : customer.phone().national();
        return new Lead(phone, customer.email(), customer.name());
    }

    /**
     * A firewall that dislikes one name stops one name: a probe was accepted since it was refused like this, and others are
     * since the gate is open.
     */
    private static Outcome charged(Claimed customer, Outcome outcome, boolean othersAccepted) {
        return outcome instanceof Outcome.AccountRefused refused
                        && customer.suspect()
                        && othersAccepted
                        && refused.mayBeOneCustomers()
                ? new Outcome.Refused(
                        refused.status(),
                        refused.words() + " (others are accepted: it is this customer that is refused)")
                : outcome;
    }

    /** What follows for the account. @param begun the call, on the monotonic clock. Told when the settlement is on its way, so that it can be given back behind it. */
    public void tellGate(LeadClient client, Result result, long begun) {
        Claimed customer = result.settlement().customer();
        Outcome outcome = result.outcome();
        GateChange change = customer.probe()
                ? GateRule.ofProbe(outcome, gate.closedByAnswers(), client.key(), begun)
                : GateRule.of(outcome, false, client.key(), gate.acceptedLately(), begun);
        if (change == null && !customer.probe() && result.settlement().isSpent()) {
            change = inARow(customer, client, outcome);
        }
        if (change != null) {
            gate.learn(change);
        }
    }

    private @Nullable GateChange inARow(Claimed customer, LeadClient client, Outcome outcome) {
        String words = "";
        Streak.Trouble trouble = null;
        switch (outcome) {
            case Outcome.Accepted accepted -> streak.accepted(customer);
            case Outcome.Refused refused -> {
                trouble = streak.refused(customer, nanoTime.getAsLong());
                words = refused.words();
            }
            case Outcome.Failed failed -> {
                trouble = streak.failed(customer, GateRule.isAboutCustomer(failed), nanoTime.getAsLong());
                words = failed.words();
            }
            case Outcome.Unknown unknown -> {
                trouble = streak.failed(customer, false, nanoTime.getAsLong());
                words = unknown.words();
            }
            case Outcome.NotSent notSent -> {}
            case Outcome.NotStarted notStarted -> {}
            case Outcome.Throttled throttled -> {}
            case Outcome.AccountRefused accountRefused -> {}
        }
        return trouble == null ? null : GateRule.of(trouble, words, client.key());
    }
}
