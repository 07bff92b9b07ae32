package io.alohubsync.delivery;

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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The delivery of one customer, on a thread of its own: send, classify, decide; the settlement is handed on. Never in a
 * transaction.
 *
 * @param format   how a phone is written to Alohub
 * @param policy   what follows from an outcome for the customer
 * @param gate     is told what follows for the account
 * @param meter    is told each outcome and the call's time
 * @param clock    the wall clock, for Retry-After as a date
 * @param nanoTime the monotonic clock
 */
public record Delivery(
        PhoneFormat format,
        RetryPolicy policy,
        Consumer<GateChange> gate,
        Meter meter,
        InstantSource clock,
        LongSupplier nanoTime) {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    @FunctionalInterface
    public interface Meter {
        void called(Outcome outcome, Duration duration);
    }

    /**
     * @param sendBy on the monotonic clock: what has not begun by then is not begun
     * @return always something: a fault of ours is an Unknown outcome
     */
    public Settlement deliver(Claimed customer, LeadClient client, long sendBy) {
        if (policy.isExhausted(customer)) {
            return policy.settleExhausted(customer);
        }
        long begun = nanoTime.getAsLong();
        if (begun - sendBy > 0) {
            return giveBack(customer, client);
        }
        Outcome outcome = call(customer, client);
        Duration duration = Duration.ofNanos(nanoTime.getAsLong() - begun);
        meter.called(outcome, duration);
        tellGate(customer, client, outcome);
        return policy.settle(customer, outcome, duration);
    }

    /** Not begun, and not to be: due again at once, no attempt spent. */
    public Settlement giveBack(Claimed customer, LeadClient client) {
        Outcome outcome = new Outcome.NotStarted();
        tellGate(customer, client, outcome);
        return policy.settle(customer, outcome, Duration.ZERO);
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

    private void tellGate(Claimed customer, LeadClient client, Outcome outcome) {
        GateChange change = GateRule.of(outcome, customer.probe(), client.key());
        if (change != null) {
            gate.accept(change);
        }
    }
}
