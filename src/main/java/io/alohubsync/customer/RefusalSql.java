package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads in the history what Alohub answered around the moment when it refused calls for their number. */
public final class RefusalSql {

    // The last calls only, by their ids: the history has no index by time, and needs none for this. Starts are told by
    // the settle, to within some milliseconds: what began in the same moment as the first refusal counts as passed.
    private static final String AROUND = """
        WITH recent AS (
          SELECT outcome IN ('ACCEPTED', 'REFUSED') AS taken, outcome = 'THROTTLED' AS refused, http_status, started_at
          FROM alohub.delivery_attempt
          WHERE id > (SELECT max(id) FROM alohub.delivery_attempt) - ? AND account = ? AND started_at > ?::timestamptz - interval '25 seconds'),
        first AS (SELECT min(started_at) AS at FROM recent WHERE refused AND started_at > coalesce(?::timestamptz, '-infinity'))
        SELECT count(*) FILTER (WHERE refused AND started_at >= first.at),
               count(*) FILTER (WHERE refused AND started_at >= first.at AND http_status = 503),
               count(*) FILTER (WHERE taken AND started_at > first.at - interval '10 seconds'),
               count(*) FILTER (WHERE taken AND started_at > first.at - interval '1 second'),
               count(*) FILTER (WHERE taken AND started_at > first.at - interval '200 milliseconds'),
               count(*) FILTER (WHERE taken AND started_at > first.at - interval '10 milliseconds'),
               count(*) FILTER (WHERE taken AND started_at > coalesce(?::timestamptz, '-infinity')),
               min(started_at) FILTER (WHERE taken AND started_at > first.at - interval '10 seconds')
        FROM first CROSS JOIN recent
        WHERE first.at IS NOT NULL\
        """;

    private static final int LAST_CALLS = 50_000;
    private static final int CALLS_OF_A_MOMENT = 5_000;

    private RefusalSql() {}

    /**
     * Calls that Alohub took (Accepted or Refused) count from so long before its first refusal on.
     *
     * @param refused  calls that it refused, throttled
     * @param busy     of them, those with a 503
     * @param answered taken, from ten seconds before
     * @param lately   taken, from a second before
     * @param atOnce   taken, from a fifth of a second before
     * @param passed   taken, from the moment of the first refusal on
     * @param since    taken since the refusals before these
     * @param began    when the first of {@code answered} began; null: there is none
     */
    public record Refused(
            int refused,
            int busy,
            int answered,
            int lately,
            int atOnce,
            int passed,
            int since,
            @Nullable OffsetDateTime began) {}

    /**
     * @param before when it refused last before: what began by then belongs to that
     * @param brief  it named no time, and what it says is asked for often: only the last moments are looked at
     * @return null: it refused none
     */
    public static @Nullable Refused around(
            Connection connection,
            String account,
            OffsetDateTime throttledSince,
            @Nullable OffsetDateTime before,
            boolean brief)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AROUND)) {
            statement.setInt(1, brief ? CALLS_OF_A_MOMENT : LAST_CALLS);
            statement.setString(2, account);
            statement.setObject(3, throttledSince);
            statement.setObject(4, before);
            statement.setObject(5, before);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 0
                        ? null
                        : new Refused(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getObject(8, OffsetDateTime.class));
            }
        }
    }
}
