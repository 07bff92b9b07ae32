package io.alohubsync.operate.lines;

import io.alohubsync.contact.Reason;
import io.alohubsync.operate.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads outbox rows, in the columns of {@code operate/read-rows}. */
public final class RowLines {

    private RowLines() {}

    public static RowLine line(ResultSet row) throws SQLException {
        List<String> codes = Columns.texts(row, 9);
        return new RowLine(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                codes,
                sentences(codes, Reason::english),
                sentences(codes, Reason::vietnamese),
                Columns.number(row, 10),
                Columns.integer(row, 11),
                Columns.instant(row, 12),
                Columns.instant(row, 13),
                row.getString(14));
    }

    /** By this program: a code of a later version has none. */
    static @Nullable String sentences(List<String> codes, Function<Reason, String> language) {
        String all = codes.stream()
                .flatMap(code -> Reason.withCode(code).stream())
                .map(language)
                .collect(Collectors.joining(" "));
        return all.isEmpty() ? null : all;
    }
}
