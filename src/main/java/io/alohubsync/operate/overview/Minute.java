package io.alohubsync.operate.overview;

import io.alohubsync.jdbc.Binding;
import io.alohubsync.operate.Columns;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an account did in a minute: a row of {@code alohub.throughput}. */
record Minute(Instant at, long accepted, long failed, long notTaken, long inTime, long slow) {

    /** By account, the oldest first. */
    static Map<String, List<Minute>> read(Binding query) throws SQLException {
        return query.query(row -> {
            Map<String, List<Minute>> minutes = new HashMap<>();
            while (row.next()) {
                minutes.computeIfAbsent(row.getString(1), account -> new ArrayList<>())
                        .add(new Minute(
                                Columns.time(row, 2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7)));
            }
            return minutes;
        });
    }

    /** Share of the rows that were delivered in time; null: there were none. */
    static @Nullable Double fresh(List<Minute> minutes) {
        long inTime = minutes.stream().mapToLong(Minute::inTime).sum();
        long all = inTime + minutes.stream().mapToLong(Minute::slow).sum();
        return all == 0 ? null : (double) inTime / all;
    }
}
