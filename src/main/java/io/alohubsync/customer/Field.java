package io.alohubsync.customer;

import org.jspecify.annotations.Nullable;

/**
 * One field of a customer's wanted content, and which value is the newest:
 *
 * <ul>
 * <li>Where ids decide, that of the row with the highest number.
 * <li>Where versions decide, that of the row with the highest version; of equal ones the higher
 *   number.
 * <li>There, rows of the intake and of imports may have no version. The newest of these ranks
 *   against the row with the highest version by its number (docs/adr/0038). Both must be known for
 *   that, so the value without a version is kept beside.
 * </ul>
 *
 * @param value       null: no row has carried one yet
 * @param row         number of the newest outbox row that carried it; 0 without a value
 * @param version     where versions decide: the highest of a row that carried it, although a row
 *                    without one may have been newer; else null
 * @param revision    the wanted revision at which this value came to be wanted; 0 without a value
 * @param unversioned where versions decide: the value of the newest row without one, be it the
 *                    value here or not; null: there was none
 */
public record Field(
        @Nullable String value,
        long row,
        @Nullable Long version,
        int revision,
        @Nullable Unversioned unversioned) {

    public static final Field ABSENT = new Field(null, 0, null, 0);

    /** @param row the number */
    public record Unversioned(String value, long row) {}

    /** No row without a version carried it. */
    public Field(@Nullable String value, long row, @Nullable Long version, int revision) {
        this(value, row, version, revision, null);
    }

    public static Field of(
            @Nullable String value, long row, @Nullable Long version, int revision, @Nullable Unversioned unversioned) {
        return value == null ? ABSENT : new Field(value, row, version, revision, unversioned);
    }

    /**
     * Whether a row that carries this field is newer than the row of this value.
     *
     * @param itsVersion null: it is ranked by its number
     */
    public boolean isOlderThan(long itsRow, @Nullable Long itsVersion) {
        if (itsVersion == null || version == null) {
            return itsVersion != null || itsRow > row;
        }
        return itsVersion > version || (itsVersion.equals(version) && itsRow > row);
    }

    /**
     * The newer one of this value and a row's; the latter with revision 0.
     *
     * @param itsVersion null: ids decide
     */
    public Field and(String itsValue, long itsRow, @Nullable Long itsVersion) {
        if (!isOlderThan(itsRow, itsVersion)) {
            return this;
        }
        if (itsVersion == null || unversioned == null) {
            return new Field(itsValue, itsRow, itsVersion, 0);
        }
        // It has the highest version now. The numbers decide whether it is the newest.
        return itsRow > unversioned.row()
                ? new Field(itsValue, itsRow, itsVersion, 0, unversioned)
                : new Field(unversioned.value(), unversioned.row(), itsVersion, 0, unversioned);
    }

    /** The same, of a row without a version where versions decide. */
    public Field andUnversioned(String itsValue, long itsRow) {
        Unversioned newest =
                unversioned == null || itsRow > unversioned.row() ? new Unversioned(itsValue, itsRow) : unversioned;
        return itsRow > row
                ? new Field(itsValue, itsRow, version, 0, newest)
                : new Field(value, row, version, revision, newest);
    }

    @Nullable
    public Long rowOrNull() {
        return value == null ? null : row;
    }

    @Nullable
    public Integer revisionOrNull() {
        return value == null ? null : revision;
    }

    @Nullable
    public String unversionedValue() {
        return unversioned == null ? null : unversioned.value();
    }

    @Nullable
    public Long unversionedRow() {
        return unversioned == null ? null : unversioned.row();
    }
}
