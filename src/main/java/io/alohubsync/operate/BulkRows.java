package io.alohubsync.operate;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.BulkAction.Kind;
import io.alohubsync.operate.BulkAction.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads bulk actions and their items. */
final class BulkRows {

    private static final Sql READ = Sql.named("operate/read-bulk-actions");

    private BulkRows() {}

    /** @throws Declined it is none */
    static UUID uuid(String text, Why otherwise, String field) {
        try {
            UUID read = UUID.fromString(text);
            if (read.toString().equals(text)) {
                return read;
            }
            throw new IllegalArgumentException();
        } catch (IllegalArgumentException none) {
            throw Declined.field(otherwise, field);
        }
    }

    static BulkAction one(Connection connection, String id) throws SQLException {
        return read(connection, UUID.fromString(id), null, 1).stream()
                .findFirst()
                .orElseThrow(() -> Declined.because(Why.NO_BULK_ACTION));
    }

    static List<BulkAction> read(Connection connection, @Nullable UUID id, @Nullable UUID before, int most)
            throws SQLException {
        return READ.on(connection)
                .set("id", id == null ? null : id.toString())
                .set("before", before == null ? null : before.toString())
                .set("most", most)
                .list(BulkRows::action);
    }

    static BulkAction action(ResultSet row) throws SQLException {
        ProblemKey key = new ProblemKey(ProblemKey.Kind.FAILURE, row.getString(3), row.getString(4), row.getString(5));
        return new BulkAction(
                Objects.requireNonNull(row.getString(1)),
                Kind.valueOf(row.getString(2)),
                key.text(),
                key,
                row.getString(6),
                row.getString(7),
                State.valueOf(row.getString(8)),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getString(14),
                row.getLong(15),
                row.getString(16),
                Columns.time(row, 17),
                Columns.instant(row, 18));
    }

    static BulkItem item(ResultSet row) throws SQLException {
        return new BulkItem(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Columns.time(row, 7));
    }
}
