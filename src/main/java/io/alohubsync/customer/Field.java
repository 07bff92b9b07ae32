package io.alohubsync.customer;

import org.jspecify.annotations.Nullable;

/**
 * One field of a customer's wanted content.
 *
 * @param value    null: no row has said it yet
 * @param row      id of the newest outbox row that said it; 0 without a value
 * @param revision the wanted revision at which this value came to be wanted; 0 without a value
 */
public record Field(@Nullable String value, long row, int revision) {

    public static final Field UNSAID = new Field(null, 0, 0);

    static Field of(@Nullable String value, long row, int revision) {
        return value == null ? UNSAID : new Field(value, row, revision);
    }

    @Nullable
    Long rowOrNull() {
        return value == null ? null : row;
    }

    @Nullable
    Integer revisionOrNull() {
        return value == null ? null : revision;
    }
}
