package io.alohubsync.operate.acts;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.CustomerLines;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person does to one customer or one account: each in a transaction with its entry in the
 * audit.
 */
@ApplicationScoped
public class Acts {

    private final PeopleDatabase database;
    private final Corrections corrections;

    public Acts(PeopleDatabase database, AlohubSettings settings) {
        this.database = database;
        this.corrections = new Corrections(settings);
    }

    /** Makes it due again, the dead too. @return as it is then. @throws Declined there is none */
    public CustomerLine retry(Actor actor, long customer, @Nullable String reason) {
        return onCustomer(actor, customer, OperatorFunction.RETRY, reason);
    }

    /** Keeps it from being sent until it is released. */
    public CustomerLine hold(Actor actor, long customer, @Nullable String reason) {
        return onCustomer(actor, customer, OperatorFunction.HOLD, reason);
    }

    public CustomerLine release(Actor actor, long customer, @Nullable String reason) {
        return onCustomer(actor, customer, OperatorFunction.RELEASE, reason);
    }

    /** Stops all calls of the account. @return its state then. @throws Declined there is none */
    public String pause(Actor actor, String account, @Nullable String reason) {
        return onAccount(actor, account, OperatorFunction.PAUSE, reason);
    }

    public String resume(Actor actor, String account, @Nullable String reason) {
        return onAccount(actor, account, OperatorFunction.RESUME, reason);
    }

    /**
     * What came of a correction.
     *
     * @param customer as it is before the merge has folded the correction in, a second later as a
     *                 rule
     * @param phone    of the customer that is right now, E.164
     * @param isHeld   the phone was wrong: its customer is held, and the right phone has another
     * @param ontoHeld the customer of the right phone was held before, and stays so
     */
    public record Corrected(
            CustomerLine customer,
            @Personal(Personal.Kind.PHONE) String phone,
            boolean isHeld,
            boolean ontoHeld) {}

    /**
     * The same correction of a phone once more changes nothing.
     *
     * @throws Declined there is no such customer, its phone leads elsewhere since, the right one has
     *                  another customer, or a value is none that could be sent
     */
    public Corrected correct(Actor actor, long customer, Correction correction) {
        Corrections.Clean clean = corrections.clean(correction);
        return database.act(actor, connection -> {
            Corrections.Corrected done = corrections.write(connection, customer, clean, correction);
            if (done.isRepeated()) {
                return new Corrected(CustomerLines.one(connection, customer), done.phone(), true, false);
            }
            if (done.moves()) {
                OperatorFunction.HOLD.onCustomer(
                        connection, done.oldPhone(), done.account(), heldBecause(actor, done, correction.why()));
            }
            if (done.wasHeld()) {
                OperatorFunction.RELEASE.onCustomer(connection, done.phone(), done.account(), correction.why());
            }
            AuditLog.record(
                    connection,
                    new AuditLog.Entry(Act.CORRECT, done.account(), customer, done.oldPhone(), null, correction.why()));
            return new Corrected(CustomerLines.one(connection, customer), done.phone(), done.moves(), done.staysHeld());
        });
    }

    /** Everybody may read it, so it shows of the phone what everybody may see. */
    private static String heldBecause(Actor actor, Corrections.Corrected done, @Nullable String why) {
        String reason = "phone corrected to " + Sight.phone(done.phone()) + " by " + actor.name();
        return why == null ? reason : reason + ": " + why;
    }

    private CustomerLine onCustomer(Actor actor, long customer, OperatorFunction function, @Nullable String reason) {
        String why = Input.optional(reason, "reason", Input.REASON);
        return database.act(actor, connection -> {
            CustomerLine before = CustomerLines.one(connection, customer);
            function.onCustomer(connection, before.phone(), before.account(), why);
            return CustomerLines.one(connection, customer);
        });
    }

    private String onAccount(Actor actor, String account, OperatorFunction function, @Nullable String reason) {
        String why = Input.optional(reason, "reason", Input.REASON);
        String name = Input.text(account, "account", Input.ACCOUNT);
        List<String> state = database.act(actor, connection -> function.onAccount(connection, name, why));
        return state.stream().findFirst().orElseThrow(() -> Declined.because(Why.NO_ACCOUNT));
    }
}
