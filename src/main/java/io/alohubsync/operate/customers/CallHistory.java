package io.alohubsync.operate.customers;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Columns;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.Look;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls, the newest first: those that the figures of the overview count. */
@ApplicationScoped
public class CallHistory {

    /** Calls that a page with filters looks at. */
    public static final int LOOKS = 20_000;

    /**
     * A call is written when it has ended, so the list is not quite in the order of their begin.
     * Not by more than this.
     */
    private static final Duration LONGEST_CALL = Duration.ofHours(1);

    private static final Sql READ = Sql.named("operate/read-calls");
    private static final String LIST = "h";

    private final PeopleDatabase database;

    public CallHistory(PeopleDatabase database) {
        this.database = database;
    }

    /** What calls came to, as the overview counts them. */
    public enum Result {
        ACCEPTED("ACCEPTED"),
        /** About the customer. */
        FAILED("REFUSED", "FAILED", "UNKNOWN"),
        /** About the account: no attempt was spent. */
        NOT_TAKEN("THROTTLED", "NOT_SENT", "ACCOUNT_REFUSED");

        private final List<String> outcomes;

        Result(String... outcomes) {
            this.outcomes = List.of(outcomes);
        }
    }

    /** Of which account, what came of them, begun since when; null: all. */
    public record Filter(
            @Nullable String account,
            @Nullable Result result,
            @Nullable Instant since) {

        public Filter {
            account = Input.optional(account, "account", Input.ACCOUNT);
        }

        boolean isNone() {
            return account == null && result == null && since == null;
        }

        /** Nothing that is older than this call is meant. */
        boolean endsAt(CallLine line) {
            return since != null && line.startedAt().isBefore(since.minus(LONGEST_CALL));
        }
    }

    public Page<CallLine> read(Filter filter, PageRequest page, Sight sight) {
        long before = Cursor.after(page, LIST, Long.MAX_VALUE);
        Result result = filter.result();
        List<String> outcomes = result == null ? List.of() : result.outcomes;
        List<Look<CallLine>> looked = database.read(connection -> READ.on(connection)
                .set("account", filter.account())
                .set("since", filter.since() == null ? null : filter.since().atOffset(ZoneOffset.UTC))
                .texts("outcomes", outcomes, outcome -> outcome)
                .set("before", before)
                .set("looks", filter.isNone() ? page.size() + 1 : LOOKS)
                .set("most", page.size() + 1)
                .list(row -> look(row, filter)));
        return Look.page(looked, page.size(), CallLine::id, LIST, sight);
    }

    private static Look<CallLine> look(ResultSet row, Filter filter) throws SQLException {
        CallLine line = line(row);
        return new Look<>(line, row.getBoolean(13), row.getBoolean(14) && !filter.endsAt(line));
    }

    private static CallLine line(ResultSet row) throws SQLException {
        return new CallLine(
                row.getLong(1),
                Columns.time(row, 2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getInt(6),
                row.getInt(7),
                row.getString(8),
                Columns.integer(row, 9),
                row.getString(10),
                Columns.integer(row, 11),
                row.getString(12));
    }
}
