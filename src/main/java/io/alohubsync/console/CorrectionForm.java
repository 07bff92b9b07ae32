package io.alohubsync.console;

import io.alohubsync.operate.Declined;
import io.alohubsync.operate.acts.Correction;
import io.alohubsync.operate.customers.CustomerView;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed about a customer, beside what stood there: what was left as it was is not
 * corrected.
 */
public class CorrectionForm {

    @RestForm
    @Nullable
    String phone;

    @RestForm
    @Nullable
    String name;

    @RestForm
    @Nullable
    String email;

    @RestForm("was-phone")
    @Nullable
    String wasPhone;

    @RestForm("was-name")
    @Nullable
    String wasName;

    @RestForm("was-email")
    @Nullable
    String wasEmail;

    @RestForm
    @Nullable
    String reason;

    /** That the person saw. */
    @RestForm
    @Nullable
    String revision;

    /** The phone may have another customer. */
    @RestForm("onto_existing")
    @Nullable
    String ontoExisting;

    /**
     * @param now for a form that does not say what stood there
     * @throws Declined the revision is no number, or the box neither ticked nor not
     */
    Correction correction(CustomerView now) {
        var customer = now.customer();
        return new Correction(
                changed(phone, or(wasPhone, customer.phone())),
                changed(name, or(wasName, customer.name())),
                changed(email, or(wasEmail, customer.email())),
                reason,
                Choice.number(revision, "revision"),
                Choice.flag(ontoExisting, "onto_existing"));
    }

    private static @Nullable String or(@Nullable String was, @Nullable String now) {
        return was == null ? now : was;
    }

    private static @Nullable String changed(@Nullable String typed, @Nullable String was) {
        return typed == null || typed.isBlank() || typed.strip().equals(was) ? null : typed.strip();
    }

    /** What the form shows again: what was typed; else what stands there now. */
    public record Shown(String phone, String name, String email, String reason, boolean ontoExisting) {}

    /** @param typed null: nothing yet */
    static Shown shown(CustomerView now, @Nullable CorrectionForm typed) {
        var customer = now.customer();
        CorrectionForm form = typed == null ? new CorrectionForm() : typed;
        return new Shown(
                either(changed(form.phone, form.wasPhone), customer.phone()),
                either(changed(form.name, form.wasName), customer.name()),
                either(changed(form.email, form.wasEmail), customer.email()),
                Objects.requireNonNullElse(form.reason, ""),
                "true".equals(form.ontoExisting));
    }

    private static String either(@Nullable String typed, @Nullable String now) {
        return typed != null ? typed : now == null ? "" : now;
    }
}
