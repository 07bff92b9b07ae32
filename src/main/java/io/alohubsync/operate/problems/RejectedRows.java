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
import io.alohubsync.operate.overview.Overview;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rejected rows, the newest first: those that the figures of the overview count. */
@ApplicationScoped
public class RejectedRows {

    /** Rows that a page looks at: as many as the overview's figure. */
    public static final int LOOKS = Overview.LOOKS;

    private static final Sql LIST = Sql.named("operate/list-rejected-since");
    private static final String NAME = "j";

    private final PeopleDatabase database;

    public RejectedRows(PeopleDatabase database) {
        this.database = database;
    }

    /**
     * Of which account, with which reason, rejected since when; null: all.
     *
     * @param reason its code
     */
    public record Filter(
            @Nullable String account,
            @Nullable String reason,
            @Nullable Instant since) {

        private static final int LONGEST_REASON = 100;

        public Filter {
            account = Input.optional(account, "account", Input.ACCOUNT);
            reason = Input.optional(reason, "reason", LONGEST_REASON);
        }

        /** The look ended with a row that is too old. As the figure does, the list ends there. */
        boolean endsAt(RowLine line) {
            return since != null && line.mergedAt() != null && line.mergedAt().isBefore(since);
        }
    }

    public Page<RowLine> read(Filter filter, PageRequest page, Sight sight) {
        long before = Cursor.after(page, NAME, Long.MAX_VALUE);
        List<Look<RowLine>> looked = database.read(connection -> LIST.on(connection)
                .set("account", filter.account())
                .set("reason", filter.reason())
                .set("since", filter.since() == null ? null : filter.since().atOffset(ZoneOffset.UTC))
                .set("before", before)
                .set("looks", LOOKS)
                .set("most", page.size() + 1)
                .list(row -> look(row, filter)));
        return Look.page(looked, page.size(), RowLine::id, NAME, sight);
    }

    private static Look<RowLine> look(ResultSet row, Filter filter) throws SQLException {
        RowLine line = RowLines.line(row);
        return new Look<>(line, row.getBoolean(15), row.getBoolean(16) && !filter.endsAt(line));
    }
}
