package io.alohubsync.operate;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads entries of the audit, in the columns of {@code operate/read-acts}. */
final class ActLines {

    private ActLines() {}

    static ActLine line(ResultSet row) throws SQLException {
        return new ActLine(
                row.getLong(1),
                Columns.time(row, 2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6),
                Columns.number(row, 7),
                row.getString(8),
                Columns.number(row, 9),
                row.getString(10),
                row.getString(11));
    }
}
