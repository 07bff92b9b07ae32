package io.alohubsync.contact;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a field came to.
 *
 * @param value   the canonical value; null: the field says nothing (for a phone: it is rejected)
 * @param reasons what was repaired or dropped, or why a phone was rejected, in no particular order
 */
public record Normalized<T>(@Nullable T value, Set<Reason> reasons) {

    private static final Set<Reason> NONE = Set.of();

    static <T> Normalized<T> of(T value) {
        return new Normalized<>(value, NONE);
    }

    static <T> Normalized<T> of(T value, EnumSet<Reason> repairs) {
        return new Normalized<>(value, repairs.isEmpty() ? NONE : repairs);
    }

    static <T> Normalized<T> nothing() {
        return new Normalized<>(null, NONE);
    }

    static <T> Normalized<T> nothing(Reason reason) {
        return new Normalized<>(null, EnumSet.of(reason));
    }
}
