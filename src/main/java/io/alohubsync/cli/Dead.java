package io.alohubsync.cli;

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

    private record Found(long id, String phone, String account) {}

    /** By account and reason. */
    List<Map<String, @Nullable Object>> counts(Connection connection) throws SQLException {
        return COUNT.on(connection)
                .set("reason", reason)
                .set("account", account)
                .set("since", at())
                .query(Rows::of);
    }

    /** @return how many were made due, at most {@code limit} */
    int retry(Connection connection, int limit, String why) throws SQLException {
        int done = 0;
        long after = 0;
        while (done < limit) {
            List<Found> some = find(connection, after, Math.min(AT_ONCE, limit - done));
            if (some.isEmpty()) {
                return done;
            }
            RETRY.on(connection)
                    .texts("phones", some, Found::phone)
                    .texts("accounts", some, Found::account)
                    .set("why", why)
                    .list(row -> row.getLong(1));
            done += some.size();
            after = some.getLast().id();
        }
        return done;
    }

    private List<Found> find(Connection connection, long after, int most) throws SQLException {
        return FIND.on(connection)
                .set("reason", reason)
                .set("account", account)
                .set("since", at())
                .set("after", after)
                .set("most", most)
                .list(row -> new Found(row.getLong(1), row.getString(2), row.getString(3)));
    }

    private @Nullable OffsetDateTime at() {
        return since == null ? null : since.atOffset(ZoneOffset.UTC);
    }
}
