package io.alohubsync.customer;

import org.jspecify.annotations.Nullable;

/**
 * One field of a customer's wanted content.
 *
 * @param value    null: no row has said it yet
 * @param row      number of the newest outbox row that said it; 0 without a value
 * @param version  of that row, where the source's own version decides which row is the newest; else null
 * @param revision the wanted revision at which this value came to be wanted; 0 without a value
 */
public record Field(
        @Nullable String value, long row, @Nullable Long version, int revision) {

    public static final Field ABSENT = new Field(null, 0, null, 0);

    public static Field of(@Nullable String value, long row, @Nullable Long version, int revision) {
        return value == null ? ABSENT : new Field(value, row, version, revision);
    }

    /**
     * Whether a row that says this field says it later than this value was said.
     *
     * @param itsVersion null: the account goes by ids
     */
    public boolean isOlderThan(long itsRow, @Nullable Long itsVersion) {
        if (itsVersion == null || version == null) {
            return itsVersion != null || itsRow > row;
        }
        return itsVersion > version || (itsVersion.equals(version) && itsRow > row);
    }

    @Nullable
    public Long rowOrNull() {
        return value == null ? null : row;
    }

    @Nullable
    public Integer revisionOrNull() {
        return value == null ? null : revision;
    }
}
