package io.alohubsync.delivery;

import io.alohubsync.account.GateCause;
import io.alohubsync.account.GateChange;
import io.alohubsync.alohub.AnswerReader;
import io.alohubsync.alohub.Lead;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one customer, on a thread of its own: send, classify, decide; the settlement is handed on. Never in a
 * transaction.
 *
 * @param format   how a phone is written to Alohub
 * @param policy   what follows from an outcome for the customer
 * @param streak   calls that came to nothing, one after the other
 * @param gate     is told what follows for the account
 * @param meter    is told each outcome and the call's time
 * @param clock    the wall clock, for Retry-After as a date
 * @param nanoTime the monotonic clock
 */
public record Delivery(
        PhoneFormat format,
        RetryPolicy policy,
        Streak streak,
        GateSide gate,
        Meter meter,
        InstantSource clock,
        LongSupplier nanoTime) {

    private static final Logger LOG = Logger.getLogger(Delivery.class);
    private static final int KEY_REFUSED = 401;

    @FunctionalInterface
    public interface Meter {
        void called(Outcome outcome, Duration duration);
    }

    /** The account's gate as this replica knows it; it stands above, in the worker's room. */
    public interface GateSide {

        void learn(GateChange change);

        /** No customer pays for what happens now. */
        boolean isClosed();

        /** Null: by nothing, by a person or by a throttling. */
        @Nullable
        GateCause closedBy();

        /** Somebody was accepted a moment ago. */
        boolean acceptedLately();

        /** Somebody who was no probe was accepted since the gate opened last. */
        boolean acceptedSinceOpen();
    }

    /** What came of it, for the customer and for those who ask what it means for the account. */
    public record Result(Settlement settlement, Outcome outcome) {}

    /**
     * @param sendBy on the monotonic clock: what has not begun by then is not begun
     * @return always something: a fault of ours is an Unknown outcome
     */
    public Result deliver(Claimed customer, LeadClient client, long sendBy) {
        if (policy.isExhausted(customer)) {
            return new Result(policy.settleExhausted(customer), new Outcome.NotStarted());
        }
        long begun = nanoTime.getAsLong();
        if (begun - sendBy > 0) {
            return giveBack(customer);
        }
        Outcome outcome = charged(customer, call(customer, client), gate.acceptedSinceOpen());
        Duration duration = Duration.ofNanos(nanoTime.getAsLong() - begun);
        meter.called(outcome, duration);
        boolean free = customer.probe() || gate.isClosed();
        return new Result(policy.settle(customer, outcome, duration, free, gate.closedBy()), outcome);
    }

    /** Not begun, and not to be: due again at once, no attempt spent. */
    public Result giveBack(Claimed customer) {
        Outcome outcome = new Outcome.NotStarted();
        return new Result(policy.settle(customer, outcome, Duration.ZERO, true, null), outcome);
    }

    private Outcome call(Claimed customer, LeadClient client) {
        Lead lead = lead(customer);
        try {
            return classify(client.upsert(lead), client, lead);
        } catch (InterruptedException stopping) {
            return new Outcome.Unknown("alohub-sync was stopped while it waited for the answer");
        } catch (RuntimeException | Error fault) {
            LOG.errorf(fault, "The call for %s failed", customer);
            // The request may have left: as long as nobody knows, the phone keeps quiet for Q.
            return new Outcome.Unknown(
                    "the call failed in alohub-sync itself: " + fault.getClass().getName());
        }
    }

    private Outcome classify(LeadClient.Reply reply, LeadClient client, Lead lead) {
        return switch (reply) {
            case LeadClient.Reply.Answered(var answer) ->
                AnswerReader.read(answer, clock.instant(), client.key(), lead);
            case LeadClient.Reply.Unanswered(var outcome) -> outcome;
        };
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
        return outcome instanceof Outcome.AccountRefused(int status, var gate, String words)
                        && customer.suspect()
                        && othersAccepted
                        && status != KEY_REFUSED
                ? new Outcome.Refused(status, words + " (others are accepted: it is this customer that is refused)")
                : outcome;
    }

    /** What follows for the account. @param begun the call, on the monotonic clock. Told when the settlement is on its way, so that it can be given back behind it. */
    public void tellGate(LeadClient client, Result result, long begun) {
        Claimed customer = result.settlement().customer();
        Outcome outcome = result.outcome();
        GateChange change = customer.probe()
                ? GateRule.ofProbe(outcome, gate.closedBy(), client.key(), begun)
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
                trouble = streak.refused(customer);
                words = refused.words();
            }
            case Outcome.Failed failed -> {
                trouble = streak.failed(customer, nanoTime.getAsLong());
                words = failed.words();
            }
            case Outcome.Unknown unknown -> {
                trouble = streak.failed(customer, nanoTime.getAsLong());
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
