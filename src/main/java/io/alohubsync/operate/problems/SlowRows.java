package io.alohubsync.operate.problems;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.Look;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.lines.RowLines;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that were not delivered within a minute, the newest first: those that the share lacks. */
@ApplicationScoped
public class SlowRows {

    /** Rows that a page looks at. */
    public static final int LOOKS = 2_000;

    private static final Sql LIST = Sql.named("operate/list-slow");
    private static final String NAME = "k";

    private final PeopleDatabase database;

    public SlowRows(PeopleDatabase database) {
        this.database = database;
    }

    /**
     * @param account null: of all
     * @param since   written then or later; null: all
     */
    public Page<RowLine> read(@Nullable String account, @Nullable Instant since, PageRequest page, Sight sight) {
        String name = Input.optional(account, "account", Input.ACCOUNT);
        long before = Cursor.after(page, NAME, Long.MAX_VALUE);
        List<Look<RowLine>> looked = database.read(connection -> LIST.on(connection)
                .set("account", name)
                .set("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .set("before", before)
                .set("looks", LOOKS)
                .set("most", page.size() + 1)
                .list(row -> look(row, since)));
        return Look.page(looked, page.size(), RowLine::id, NAME, sight);
    }

    /** A look that ended with a row that is too old ends the list. */
    private static Look<RowLine> look(ResultSet row, @Nullable Instant since) throws SQLException {
        RowLine line = RowLines.line(row);
        boolean isTooOld =
                since != null && line.mergedAt() != null && line.mergedAt().isBefore(since);
        return new Look<>(line, row.getBoolean(15), row.getBoolean(16) && !isTooOld);
    }
}
