package io.alohubsync.contact;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result for one field.
 *
 * @param value   the canonical value; null: the field has no usable value (a phone is rejected
 *                then)
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
