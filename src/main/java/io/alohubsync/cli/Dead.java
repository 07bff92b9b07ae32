package io.alohubsync.cli;

import io.alohubsync.cli.shell.Rows;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dead customers that a person describes.
 *
 * @param reason  outcome, or outcome and status: {@code REFUSED}, {@code REFUSED.422}; null: any
 * @param account null: any
 * @param since   the last call was then or later; null: at any time
 */
record Dead(
        @Nullable String reason,
        @Nullable String account,
        @Nullable Instant since) {

    private static final Sql COUNT = Sql.named("cli/count-dead");
    private static final Sql FIND = Sql.named("cli/find-dead");
    private static final Sql RETRY = Sql.named("cli/retry-many");

    /** They are locked together, and neither merged nor settled meanwhile. */
    private static final int AT_ONCE = 100;

    /**
     * What has come of a retry.
     *
     * @param retried made due
     * @param locked  held by another transaction, and left out
     * @param last    id of the last customer of both
     */
    record Retried(int retried, int locked, long last) {

        static final Retried NONE = new Retried(0, 0, 0);
    }

    /** By account and reason. */
    List<Map<String, @Nullable Object>> counts(Connection connection) throws SQLException {
        return COUNT.on(connection)
                .set("reason", reason)
                .set("account", account)
                .set("since", at())
                .query(Rows::of);
    }

    /**
     * The next batch.
     *
     * @param limit most that are made due
     * @return with what was done before; as before: none is left
     */
    Retried retryNext(Connection connection, Retried before, int limit, String why) throws SQLException {
        int most = Math.min(AT_ONCE, limit - before.retried());
        List<Long> some = most == 0 ? List.of() : find(connection, before.last(), most);
        if (some.isEmpty()) {
            return before;
        }
        int now = RETRY.on(connection)
                .longs("ids", some, id -> id)
                .set("why", why)
                .list(row -> row.getInt(1))
                .getFirst();
        return new Retried(before.retried() + now, before.locked() + some.size() - now, some.getLast());
    }

    private List<Long> find(Connection connection, long after, int most) throws SQLException {
        return FIND.on(connection)
                .set("reason", reason)
                .set("account", account)
                .set("since", at())
                .set("after", after)
                .set("most", most)
                .list(row -> row.getLong(1));
    }

    private @Nullable OffsetDateTime at() {
        return since == null ? null : since.atOffset(ZoneOffset.UTC);
    }
}
