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
    // the
    // settle, to within some milliseconds: what began in the same moment as the first refusal has not passed after it.
    private static final String AROUND = """
            WITH recent AS (
              SELECT outcome, http_status, started_at FROM alohub.delivery_attempt
              WHERE id > (SELECT max(id) FROM alohub.delivery_attempt) - 50000 AND account = ? AND started_at > ?::timestamptz - interval '25 seconds'),
            first AS (
              SELECT min(started_at) AS at FROM recent
              WHERE outcome = 'THROTTLED' AND http_status IS DISTINCT FROM 503 AND started_at > coalesce(?::timestamptz, '-infinity'))
            SELECT count(*) FILTER (WHERE outcome IN ('ACCEPTED', 'REFUSED') AND started_at > first.at - interval '10 seconds'),
                   count(*) FILTER (WHERE outcome = 'THROTTLED' AND http_status IS DISTINCT FROM 503 AND started_at >= first.at),
                   count(*) FILTER (WHERE outcome IN ('ACCEPTED', 'REFUSED') AND started_at > first.at + interval '10 milliseconds'),
                   min(started_at) FILTER (WHERE outcome IN ('ACCEPTED', 'REFUSED') AND started_at > first.at - interval '10 seconds')
            FROM first CROSS JOIN recent
            WHERE first.at IS NOT NULL""";

    private RefusalSql() {}

    /**
     * @param answered calls that Alohub took from ten seconds before its first refusal on
     * @param refused  calls that it refused for their number (not those that it had no time for, 503)
     * @param passed   calls begun after the first refusal that it took all the same
     * @param began    when the first of {@code answered} began; null: there is none
     */
    public record Refused(
            int answered, int refused, int passed, @Nullable OffsetDateTime began) {}

    /**
     * @param before when it refused last before: what began by then belongs to that
     * @return null: it refused none for their number
     */
    public static @Nullable Refused around(
            Connection connection, String account, OffsetDateTime throttledSince, @Nullable OffsetDateTime before)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AROUND)) {
            statement.setString(1, account);
            statement.setObject(2, throttledSince);
            statement.setObject(3, before);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                int refused = row.getInt(2);
                return refused == 0
                        ? null
                        : new Refused(row.getInt(1), refused, row.getInt(3), row.getObject(4, OffsetDateTime.class));
            }
        }
    }
}
