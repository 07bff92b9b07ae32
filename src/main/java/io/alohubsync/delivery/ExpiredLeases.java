package io.alohubsync.delivery;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Leases of merges that have ended without a settlement: the replica that had them is gone. */
public final class ExpiredLeases {

    private static final Sql MOVE = Sql.named("delivery/move-expired-leases");
    private static final Sql DELETE_EMPTY = Sql.named("delivery/delete-empty-leases");

    private ExpiredLeases() {}

    /**
     * Their customers are due from now on.
     *
     * @return whether there were some: there may be more
     */
    public static boolean move(Connection connection, String account) throws SQLException {
        List<Long[]> moved = MOVE.on(connection).set("account", account).list(row ->
                (Long[]) row.getArray(2).getArray());
        for (Long[] tokens : moved) {
            DELETE_EMPTY
                    .on(connection)
                    .longs("tokens", List.of(tokens), token -> token)
                    .update();
        }
        return !moved.isEmpty();
    }
}
