package io.alohubsync.cli.resync;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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

    private record Part(
            @Nullable Long last, @Nullable String account, long calls, long waiting, long held, long dead) {}

    /** By account; empty: no customer is meant. */
    static List<Expected> count(Connection connection, Chosen chosen, Map<String, Double> rates) throws SQLException {
        Map<String, long[]> sums = new TreeMap<>();
        Long after = chosen.after();
        while (after != null) {
            List<Part> parts = part(connection, chosen, after);
            after = null;
            for (Part part : parts) {
                after = part.last() == null ? after : part.last();
                if (part.account() != null) {
                    long[] sum = sums.computeIfAbsent(part.account(), name -> new long[4]);
                    sum[0] += part.calls();
                    sum[1] += part.waiting();
                    sum[2] += part.held();
                    sum[3] += part.dead();
                }
            }
        }
        List<Expected> expected = new ArrayList<>();
        sums.forEach((account, sum) ->
                expected.add(new Expected(account, sum[0], sum[1], sum[2], sum[3], rates.get(account))));
        return expected;
    }

    private static List<Part> part(Connection connection, Chosen chosen, long after) throws SQLException {
        return COUNT.on(connection)
                .set("account", chosen.account())
                .set("since", chosen.from())
                .set("after", after)
                .set("most", AT_ONCE)
                .list(row -> new Part(
                        row.getObject("last_id", Long.class),
                        row.getString("account"),
                        row.getLong("calls"),
                        row.getLong("waiting"),
                        row.getLong("held"),
                        row.getLong("dead")));
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
