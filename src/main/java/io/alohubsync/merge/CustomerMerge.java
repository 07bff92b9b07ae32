package io.alohubsync.merge;

import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.Field;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.customer.RowStatus.MergeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds rows into their customer, field by field: of each field the value of the row with the
 * highest number wins, or with the highest version where the account goes by its source's (the
 * class {@link Field} says which). That makes the merge commutative, associative and idempotent, so
 * rows may be merged in any order, split over replicas, or twice.
 *
 * @param before   the customer as it was; {@link CustomerState#unknown} if it was not
 * @param after    the customer as it is to be
 * @param rows     what was folded in
 * @param replaced values that were never accepted and are no longer wanted
 */
public record CustomerMerge(
        CustomerState before, CustomerState after, List<ReadRow> rows, List<ReplacedValue> replaced) {

    public static CustomerMerge of(CustomerState before, List<ReadRow> rows) {
        Field name = newest(before.name(), rows, ReadRow::name);
        Field email = newest(before.email(), rows, ReadRow::email);
        boolean changed = before.isNew() || !sameValue(name, before.name()) || !sameValue(email, before.email());
        int wanted = changed ? before.wanted() + 1 : before.wanted();
        CustomerState after = new CustomerState(
                before.id(),
                before.key(),
                since(wanted, name, before.name()),
                since(wanted, email, before.email()),
                wanted,
                before.delivered(),
                before.leased());
        List<ReplacedValue> replaced = new ArrayList<>(0);
        addReplaced(replaced, "name", before, before.name(), after.name());
        addReplaced(replaced, "email", before, before.email(), after.email());
        return new CustomerMerge(before, after, rows, replaced);
    }

    private static Field newest(Field current, List<ReadRow> rows, Function<ReadRow, @Nullable String> value) {
        Field newest = current;
        for (ReadRow row : rows) {
            String carried = value.apply(row);
            if (carried != null) {
                newest = row.unversioned()
                        ? newest.andUnversioned(carried, row.number())
                        : newest.and(carried, row.number(), row.version());
            }
        }
        return newest;
    }

    private static boolean sameValue(Field one, Field other) {
        return Objects.equals(one.value(), other.value());
    }

    /** The same value once more keeps the revision at which it came to be wanted. */
    private static Field since(int revision, Field newest, Field before) {
        return newest.value() == null
                ? Field.ABSENT
                : new Field(
                        newest.value(),
                        newest.row(),
                        newest.version(),
                        sameValue(newest, before) ? before.revision() : revision,
                        newest.unversioned());
    }

    private static void addReplaced(
            List<ReplacedValue> replaced, String field, CustomerState customer, Field before, Field after) {
        boolean gone = before.value() != null && !sameValue(before, after);
        if (gone && customer.delivered() < before.revision()) {
            replaced.add(new ReplacedValue(customer.id(), field, before.revision(), customer.wanted()));
        }
    }

    /** There is a new revision to send. */
    public boolean isNewRevision() {
        return after.wanted() != before.wanted();
    }

    /** It goes to its call at once if there is capacity: nothing else waits for the customer. */
    public boolean isLeasable() {
        return isNewRevision() && (before.isNew() || before.isAtRest());
    }

    /**
     * Something must be written: even the same value once more moves on the id that decides which
     * value wins.
     */
    public boolean isChanged() {
        return !after.equals(before);
    }

    /** Values of rows without a version must be kept beside the content. */
    public boolean isUnversionedChanged() {
        return after.name().unversioned() != before.name().unversioned()
                || after.email().unversioned() != before.email().unversioned();
    }

    /** The customer still waits for a delivery, by this merge or by one before it. */
    public boolean isUnsettled() {
        return !after.isAtRest();
    }

    /** Rows that came after a newer row of the same customer had been merged. */
    public int outOfOrderRows() {
        return (int) rows.stream().filter(this::isOutOfOrder).count();
    }

    private boolean isOutOfOrder(ReadRow row) {
        return isNewer(before.name(), row) || isNewer(before.email(), row);
    }

    private static boolean isNewer(Field field, ReadRow row) {
        return field.value() != null && field.row() != row.number() && !field.isOlderThan(row.number(), row.version());
    }

    /** The most urgent of the rows. */
    public short priority() {
        short priority = Short.MIN_VALUE;
        for (ReadRow row : rows) {
            priority = (short) Math.max(priority, row.priority());
        }
        return priority;
    }

    /** @param customer {@code after}, with its id */
    public List<RowStatus> statuses(CustomerState customer) {
        return rows.stream().map(row -> rowStatus(row, customer)).toList();
    }

    private RowStatus rowStatus(ReadRow row, CustomerState customer) {
        boolean name = row.name() != null && row.name().equals(customer.name().value());
        boolean email =
                row.email() != null && row.email().equals(customer.email().value());
        boolean onlyPhone = row.name() == null && row.email() == null;
        boolean all = (name || row.name() == null) && (email || row.email() == null);
        MergeStatus mergeStatus = !name && !email && !onlyPhone
                ? MergeStatus.SUPERSEDED
                : all && !isNewRevision() && before.isAtRest() ? MergeStatus.UNCHANGED : MergeStatus.MERGED;
        return new RowStatus(row.id(), mergeStatus, customer, name, email, row.repairs());
    }
}
