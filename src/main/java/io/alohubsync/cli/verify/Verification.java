package io.alohubsync.cli.verify;

import io.alohubsync.account.RowOrder;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.merge.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the merged rows by their ids, some at a time, each time in a transaction of its own:
 * none stays open, and no more than one part is in memory. A row and its customer are read at one
 * moment, so a daemon may work meanwhile. One thread uses it.
 */
final class Verification {

    private static final Sql READ_ROWS = Sql.named("cli/read-merged-rows");
    private static final Sql READ_ROWS_OF_CUSTOMER = Sql.named("cli/read-merged-rows-of-customer");
    private static final Sql READ_LAST = Sql.named("cli/read-last-row");
    private static final Sql READ_NUMBERS = Sql.named("cli/read-outbox-numbers");
    private static final Sql READ_ORDERS = Sql.named("cli/read-orders");
    private static final Sql COUNT_GONE = Sql.named("cli/count-fields-without-row");
    private static final int AT_ONCE = 5_000;
    private static final int CUSTOMERS_AT_ONCE = 50_000;

    private final Connection connection;
    private final Recheck recheck;
    private final @Nullable String account;
    private final int limit;
    private final List<Difference> differences = new ArrayList<>();
    private final FieldSet differing = new FieldSet();
    private long rows;
    private long gone;

    /** @param account null: all. @param limit differences that are kept; the others are counted */
    Verification(Connection connection, RowReader reader, @Nullable String account, int limit) throws SQLException {
        this.connection = connection;
        this.account = account;
        this.limit = limit;
        this.recheck = new Recheck(reader, orders(connection), numbers(connection));
    }

    private static Map<String, RowOrder> orders(Connection connection) throws SQLException {
        return READ_ORDERS.on(connection).query(row -> {
            Map<String, RowOrder> orders = new HashMap<>();
            while (row.next()) {
                orders.put(
                        row.getString(1),
                        new RowOrder(
                                row.getString(2).equals("source-version"),
                                VersionUnit.valueOf(row.getString(3).toUpperCase(Locale.ROOT))));
            }
            return orders;
        });
    }

    private static OutboxNumbers numbers(Connection connection) throws SQLException {
        return READ_NUMBERS
                .on(connection)
                .query(row -> row.next()
                        ? new OutboxNumbers(true, row.getLong(1), row.getLong(2), 0, row.getLong(3))
                        : new OutboxNumbers(true, 0, 0, 0, OutboxNumbers.HIGHEST_SET));
    }

    /** @param progress takes the rows so far, after each part */
    void all(LongConsumer progress) throws SQLException {
        long last = READ_LAST.on(connection).query(row -> row.next() ? row.getLong(1) : 0L);
        long after = 0;
        while (after < last) {
            List<MergedRow> part = READ_ROWS
                    .on(connection)
                    .set("after", after)
                    .set("last", last)
                    .set("most", AT_ONCE)
                    .list(MergedRow::of);
            part.forEach(this::check);
            after = part.size() < AT_ONCE ? last : part.getLast().row().id();
            progress.accept(rows);
        }
        countGone();
    }

    void one(long customer) throws SQLException {
        READ_ROWS_OF_CUSTOMER
                .on(connection)
                .set("customer", customer)
                .list(MergedRow::of)
                .forEach(this::check);
        gone = COUNT_GONE
                .on(connection)
                .set("after", customer - 1)
                .set("most", 1)
                .set("account", (String) null)
                .query(row -> row.next() ? row.getLong(2) : 0L);
    }

    private void check(MergedRow row) {
        MergedRow.Held held = row.customer();
        if (account != null
                && !account.equals(
                        held == null ? row.row().account() : held.key().account())) {
            return;
        }
        rows++;
        for (Difference difference : recheck.check(row)) {
            boolean fresh = differing.add(difference.whose().customer(), difference.field());
            if (fresh && differences.size() < limit) {
                differences.add(difference);
            }
        }
    }

    private void countGone() throws SQLException {
        record Part(@Nullable Long last, long gone) {}
        Long after = 0L;
        while (after != null) {
            Part part = COUNT_GONE
                    .on(connection)
                    .set("after", after)
                    .set("most", CUSTOMERS_AT_ONCE)
                    .set("account", account)
                    .list(row -> new Part(row.getObject(1, Long.class), row.getLong(2)))
                    .getFirst();
            gone += part.gone();
            after = part.last();
        }
    }

    /** The first ones. */
    List<Difference> differences() {
        return differences;
    }

    long differing() {
        return differing.size();
    }

    long rows() {
        return rows;
    }

    long checked() {
        return recheck.checked();
    }

    /** Fields whose deciding row was purged. */
    long gone() {
        return gone;
    }
}
