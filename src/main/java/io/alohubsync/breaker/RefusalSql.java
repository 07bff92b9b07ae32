package io.alohubsync.breaker;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads in the history how Alohub answered around the moment when it refused calls because of their
 * number.
 */
public final class RefusalSql {

    private static final Sql AROUND = Sql.named("breaker/read-refusals");

    private static final int LAST_CALLS = 50_000;
    private static final int CALLS_OF_A_MOMENT = 5_000;

    private RefusalSql() {}

    /**
     * @param refused calls that Alohub refused, throttled
     * @param busy    of them, those with a 503
     * @param again   of them, those for a customer whose two calls before were refused, too; 0 where
     *                Alohub named no time
     * @param taken   calls that it took meanwhile
     * @param began   when the first call of the ten seconds before began; null: there is none
     */
    public record Refused(
            int refused,
            int busy,
            int again,
            Taken taken,
            @Nullable OffsetDateTime began) {}

    /**
     * Calls that Alohub took (Accepted or Refused). Each count begins some time before Alohub's
     * first refusal.
     *
     * @param answered from ten seconds before
     * @param lately   from a second before
     * @param atOnce   from a fifth of a second before
     * @param passed   from the moment of the first refusal on
     * @param since    since the refusals before these
     */
    public record Taken(int answered, int lately, int atOnce, int passed, int since) {}

    /**
     * @param before the refusals before these: calls that began by then belong to those
     * @param brief  it named no time: this is read often then, so only the last calls are read
     * @return null: it refused none
     */
    public static @Nullable Refused around(
            Connection connection,
            String account,
            OffsetDateTime throttledSince,
            @Nullable OffsetDateTime before,
            boolean brief)
            throws SQLException {
        return AROUND.on(connection)
                .set("brief", brief)
                .set("calls", brief ? CALLS_OF_A_MOMENT : LAST_CALLS)
                .set("account", account)
                .set("throttled_since", throttledSince)
                .set("before", before)
                .query(RefusalSql::refused);
    }

    private static @Nullable Refused refused(ResultSet row) throws SQLException {
        return row.next() && row.getInt(1) > 0
                ? new Refused(
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        new Taken(row.getInt(4), row.getInt(5), row.getInt(6), row.getInt(7), row.getInt(8)),
                        row.getObject(9, OffsetDateTime.class))
                : null;
    }
}
