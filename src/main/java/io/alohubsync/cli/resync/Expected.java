package io.alohubsync.cli.resync;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a resync comes to in an account.
 *
 * @param calls     customers that would be sent
 * @param waiting   that wait for a call or are in one: they are sent anyway
 * @param perSecond calls; null: not known
 */
record Expected(
        String account,
        long calls,
        long waiting,
        long held,
        long dead,
        @Nullable Double perSecond) {

    private static final Sql COUNT = Sql.named("cli/count-resync");
    private static final int AT_ONCE = 50_000;

    /** @param last the resync goes on behind this id; null in rows that only count */
    private record Part(@Nullable Long last, @Nullable Expected counted) {}

    /** By account; empty: no customer is meant. */
    static List<Expected> count(Connection connection, Chosen chosen, Map<String, Double> rates) throws SQLException {
        Map<String, Expected> sums = new TreeMap<>();
        Long after = chosen.after();
        while (after != null) {
            List<Part> parts = part(connection, chosen, rates, after);
            after = parts.getLast().last();
            for (Part part : parts) {
                Expected counted = part.counted();
                if (counted != null) {
                    sums.merge(counted.account(), counted, Expected::and);
                }
            }
        }
        return List.copyOf(sums.values());
    }

    private static List<Part> part(Connection connection, Chosen chosen, Map<String, Double> rates, long after)
            throws SQLException {
        return COUNT.on(connection)
                .set("account", chosen.account())
                .set("since", chosen.from())
                .set("after", after)
                .set("most", AT_ONCE)
                .list(row -> {
                    String account = row.getString("account");
                    return new Part(
                            row.getObject("last_id", Long.class),
                            account == null
                                    ? null
                                    : new Expected(
                                            account,
                                            row.getLong("calls"),
                                            row.getLong("waiting"),
                                            row.getLong("held"),
                                            row.getLong("dead"),
                                            rates.get(account)));
                });
    }

    private Expected and(Expected other) {
        return new Expected(
                account, calls + other.calls, waiting + other.waiting, held + other.held, dead + other.dead, perSecond);
    }

    /** How long the calls take; null: not known. */
    @Nullable
    Long seconds() {
        return perSecond == null ? null : (long) Math.ceil(calls / perSecond);
    }

    Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("account", account);
        row.put("calls", calls);
        row.put("calls_per_second", perSecond);
        row.put("seconds", seconds());
        row.put("waiting", waiting);
        row.put("held", held);
        row.put("dead", dead);
        return row;
    }
}
