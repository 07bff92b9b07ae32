package io.alohubsync.operate.acts;

import io.alohubsync.operate.Columns;
import io.alohubsync.operate.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads entries of the audit, in the columns of {@code operate/read-acts}. */
public final class ActLines {

    private ActLines() {}

    public static ActLine line(ResultSet row) throws SQLException {
        return new ActLine(
                row.getLong(1),
                Columns.time(row, 2),
                row.getString(3),
                way(row.getString(4)),
                row.getBoolean(5),
                row.getString(6),
                row.getString(7),
                Columns.number(row, 8),
                row.getString(9),
                Columns.number(row, 10),
                row.getString(11),
                row.getString(12));
    }

    private static @Nullable Way way(@Nullable String name) {
        return name == null ? null : Way.valueOf(name);
    }
}
