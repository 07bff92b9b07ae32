package io.alohubsync.cli.verify;

import io.alohubsync.account.RowOrder;
import io.alohubsync.cli.verify.Difference.Cause;
import io.alohubsync.customer.Field;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.merge.ReadRow;
import io.alohubsync.merge.RowReader;
import io.alohubsync.merge.RowReader.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads merged rows once more, as the merge does, and compares them with what their customers hold:
 * the row that decided must carry the value, and no other row may change it when it is merged
 * again. One thread uses it.
 */
final class Recheck {

    private final RowReader reader;
    private final Map<String, RowOrder> accounts;
    private final OutboxNumbers numbers;
    private long checked;

    /** @param accounts with the order of their rows */
    Recheck(RowReader reader, Map<String, RowOrder> accounts, OutboxNumbers numbers) {
        this.reader = reader;
        this.accounts = accounts;
        this.numbers = numbers;
    }

    /** Fields whose deciding row was among the rows. */
    long checked() {
        return checked;
    }

    List<Difference> check(MergedRow merged) {
        NewRow row = merged.row();
        MergedRow.Held held = merged.customer();
        if (held == null) {
            return List.of(new Difference(
                    new Difference.Whose(merged.customerId(), row.account(), ""),
                    "customer",
                    row.id(),
                    Cause.NO_CUSTOMER,
                    null,
                    null));
        }
        long number = numbers.of(row.id());
        boolean decides = decided(held.name(), number) || decided(held.email(), number);
        checked += (decided(held.name(), number) ? 1 : 0) + (decided(held.email(), number) ? 1 : 0);
        // Which content it has; how it ranks is looked at by field, so that no time counts
        Reading reading = reader.read(row, Map.of(row.account(), RowOrder.BY_ID), Instant.EPOCH);
        Difference.Whose whose = new Difference.Whose(
                merged.customerId(), held.key().account(), held.key().phone().e164());
        if (!(reading instanceof Reading.Readable(ReadRow read)) || !read.key().equals(held.key())) {
            return decides
                    ? List.of(new Difference(whose, "phone", row.id(), Cause.OTHER_PHONE, whose.phone(), row.phone()))
                    : List.of();
        }
        List<Difference> differences = new ArrayList<>(0);
        add(differences, whose, "name", row, held.name(), read.name());
        add(differences, whose, "email", row, held.email(), read.email());
        return differences;
    }

    private void add(
            List<Difference> differences,
            Difference.Whose whose,
            String name,
            NewRow row,
            Field field,
            @Nullable String carried) {
        long number = numbers.of(row.id());
        if (decided(field, number)) {
            if (!Objects.equals(field.value(), carried)) {
                differences.add(new Difference(whose, name, row.id(), Cause.OTHER_VALUE, field.value(), carried));
            }
        } else if (carried != null) {
            String after = folded(field, carried, row, number, accounts.getOrDefault(whose.account(), RowOrder.BY_ID))
                    .value();
            if (!Objects.equals(after, field.value())) {
                differences.add(new Difference(whose, name, row.id(), Cause.NEWER_ROW, field.value(), after));
            }
        }
    }

    private static boolean decided(Field field, long number) {
        return field.value() != null && field.row() == number;
    }

    /**
     * What the merge would make of the field. An account's order may have been set anew since: a
     * row that counts only by the other one changes nothing.
     */
    private static Field folded(Field field, String value, NewRow row, long number, RowOrder order) {
        boolean noVersions = field.version() == null && field.unversioned() == null;
        if (!order.bySourceVersion()) {
            return noVersions ? field.and(value, number, null) : field;
        }
        Long version = row.sourceVersion();
        if (version != null) {
            return noVersions && field.value() != null ? field : field.and(value, number, version);
        }
        return row.ranksById() ? field.andUnversioned(value, number) : field;
    }
}
