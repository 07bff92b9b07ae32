package io.alohubsync.operate.problems;

import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.lines.RowLines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads the customers or rows of a group of problems. */
public final class ProblemRows {

    /** Customers in trouble, or rejected rows, that a read looks at. */
    public static final int LOOKS = 2_000;

    private static final Sql LIST_FAILED = Sql.named("operate/list-failed");
    private static final Sql LIST_REJECTED = Sql.named("operate/list-rejected");

    private ProblemRows() {}

    /** @param before the place in the list; the highest number: its beginning */
    static Listed<Long> failed(Connection connection, ProblemKey key, long before, int size) throws SQLException {
        return bound(LIST_FAILED.on(connection), key, before, size).query(row -> listed(row, 2, ids -> ids.getLong(1)));
    }

    static Listed<RowLine> rejected(Connection connection, ProblemKey key, long before, int size) throws SQLException {
        return bound(LIST_REJECTED.on(connection), key, before, size).query(row -> listed(row, 15, RowLines::line));
    }

    static Binding bound(Binding list, ProblemKey key, long before, int size) throws SQLException {
        return list.set("account", key.account())
                .set("reason", key.reason())
                .set("source", key.source())
                .set("before", before)
                .set("looks", LOOKS)
                .set("most", size + 1);
    }

    /**
     * Rows of a list that looks at a bounded number.
     *
     * @param last where the look ended
     * @param looked at how many
     */
    record Listed<T>(List<T> all, long last, long looked) {

        List<T> first(int size) {
            return all.subList(0, Math.min(size, all.size()));
        }

        @Nullable
        String next(String list, int size, ToLongFunction<T> id) {
            long next = next(size, id);
            return next == 0 ? null : Cursor.of(list, next);
        }

        /** The place in the list behind these; 0: there are no more. */
        long next(int size, ToLongFunction<T> id) {
            return all.size() > size ? id.applyAsLong(all.get(size - 1)) : looked < LOOKS ? 0 : last;
        }
    }

    static <T> Listed<T> listed(ResultSet row, int lookColumns, Binding.Reader<T> one) throws SQLException {
        List<T> all = new ArrayList<>();
        long last = 0;
        long looked = 0;
        while (row.next()) {
            last = row.getLong(lookColumns);
            looked = row.getLong(lookColumns + 1);
            row.getLong(1);
            if (!row.wasNull()) {
                all.add(one.read(row));
            }
        }
        return new Listed<>(all, last, looked);
    }
}
