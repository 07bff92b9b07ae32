package io.alohubsync.operate.customers;

import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Personal.Kind;
import io.alohubsync.operate.lines.CustomerLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One customer: what the CRM should hold beside what it accepted last, and what comes next.
 *
 * @param correctedTo   its phone was wrong: the customer of the right one; null: it was not
 * @param correctedFrom it has the right phone of another customer; null: of none
 */
public record CustomerView(
        CustomerLine customer,
        Value name,
        Value email,
        Next next,
        @Nullable Link correctedTo,
        @Nullable Link correctedFrom) {

    /**
     * One field.
     *
     * @param wanted    what the CRM should hold; null: no row has carried one
     * @param delivered what it accepted last; null: nothing, or not known
     * @param known     whether {@code delivered} is known: the rows that carried it may be purged
     * @param isSame    the CRM holds what it should
     */
    public record Value(
            @Personal @Nullable String wanted,
            @Personal @Nullable String delivered,
            boolean known,
            boolean isSame) {}

    /**
     * The next attempt and why.
     *
     * @param step         NOTHING_LEFT, FIRST, AGAIN, IN_CALL, DEAD or HELD
     * @param at           not before; null: not by itself
     * @param why          the hold's reason, or the last answer's words; null: there is none
     * @param accountState the account makes no calls now: its state; null: it does
     * @param needs        what the account needs then
     */
    public record Next(
            Step step,
            @Nullable Instant at,
            @Personal @Nullable String why,
            @Nullable String accountState,
            @Nullable String needs,
            @Nullable String needsVi) {}

    public enum Step {
        NOTHING_LEFT,
        FIRST,
        AGAIN,
        IN_CALL,
        DEAD,
        HELD
    }

    /** @param customerId null: the right phone has no customer yet; the next merge makes it */
    public record Link(
            @Nullable Long customerId, @Personal(Kind.PHONE) String phone, Instant at) {}
}
