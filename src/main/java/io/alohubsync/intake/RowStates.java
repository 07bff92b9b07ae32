package io.alohubsync.intake;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the status of rows that came in over HTTP. */
@Singleton
class RowStates {

    private static final Sql READ = Sql.named("intake/read-row-status");

    private final AgroalDataSource database;
    private final Places connections = new Places(2);

    RowStates(AgroalDataSource database) {
        this.database = database;
    }

    /** @throws Refused the source has no such row, or the database is away */
    RowState of(long id, Source source) {
        RowState state = connections.within(() -> read(id, source));
        if (state == null) {
            throw Refused.because(Refusal.NOT_FOUND);
        }
        return state;
    }

    private @Nullable RowState read(long id, Source source) {
        try {
            return Transaction.run(
                    database,
                    connection -> READ.on(connection)
                            .set("id", id)
                            .set("source", source.name())
                            .query(row -> row.next() ? state(row) : null));
        } catch (SQLException away) {
            throw Refused.later(Refusal.UNAVAILABLE, 5);
        }
    }

    private static RowState state(ResultSet row) throws SQLException {
        Array codes = row.getArray(5);
        return new RowState(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                codes == null ? List.of() : List.of((String[]) codes.getArray()));
    }
}
