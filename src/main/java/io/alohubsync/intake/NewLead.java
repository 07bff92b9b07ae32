package io.alohubsync.intake;

import org.jspecify.annotations.Nullable;

/**
 * One customer in a request: Alohub's three fields, and two of the outbox's.
 *
 * @param reference the source's own key
 * @param version   the source's own version
 */
public record NewLead(
        @Nullable String phone,
        @Nullable String name,
        @Nullable String email,
        @Nullable String reference,
        @Nullable Long version) {

    /** Requests of the same content have equal ones. */
    @Nullable
    String[] said() {
        return new @Nullable String[] {phone, name, email, reference, version == null ? null : version.toString()};
    }

    public boolean isEmpty() {
        return isBlank(phone) && isBlank(name) && isBlank(email);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
