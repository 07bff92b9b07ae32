package io.alohubsync.operate.acts;

import io.alohubsync.operate.Input;
import org.jspecify.annotations.Nullable;

/**
 * Values of a customer that a person corrects. What is null stays.
 *
 * @param why      for the audit
 * @param revision the wanted revision that the person saw: another one declines the correction;
 *                 null: any
 * @param ontoExisting the phone may have another customer: that one keeps its values, and gets what
 *                 it lacks
 */
public record Correction(
        @Nullable String phone,
        @Nullable String name,
        @Nullable String email,
        @Nullable String why,
        @Nullable Integer revision,
        boolean ontoExisting) {

    static final int LONGEST = 500;

    public Correction {
        phone = Input.optional(phone, "phone", LONGEST);
        name = Input.optional(name, "name", LONGEST);
        email = Input.optional(email, "email", LONGEST);
        why = Input.optional(why, "reason", Input.REASON);
    }
}
