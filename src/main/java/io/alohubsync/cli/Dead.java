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
import java.util.function.IntConsumer;
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
     * What came of a retry.
     *
     * @param retried made due
     * @param locked  held by another transaction, and left out
     */
    record Retried(int retried, int locked) {}

    /** By account and reason. */
    List<Map<String, @Nullable Object>> counts(Connection connection) throws SQLException {
        return COUNT.on(connection)
                .set("reason", reason)
                .set("account", account)
                .set("since", at())
                .query(Rows::of);
    }

    /**
     * Batch by batch.
     *
     * @param limit most that are made due
     * @param done  gets each batch, also before a failure
     */
    Retried retry(Connection connection, int limit, String why, IntConsumer done) throws SQLException {
        int retried = 0;
        int locked = 0;
        long after = 0;
        while (retried < limit) {
            List<Long> some = find(connection, after, Math.min(AT_ONCE, limit - retried));
            if (some.isEmpty()) {
                break;
            }
            int now = RETRY.on(connection)
                    .longs("ids", some, id -> id)
                    .set("why", why)
                    .list(row -> row.getInt(1))
                    .getFirst();
            retried += now;
            locked += some.size() - now;
            after = some.getLast();
            done.accept(retried);
        }
        return new Retried(retried, locked);
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
