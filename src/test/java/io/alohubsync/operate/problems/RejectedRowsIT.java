package io.alohubsync.operate.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.delivery.HotPath;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.People;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.overview.Overview;
import io.alohubsync.operate.problems.RejectedRows.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of rejected rows counts what the overview counts. */
class RejectedRowsIT {

    private final HotPath path = new HotPath();
    private People people;

    @BeforeEach
    void open() {
        people = new People(path.database);
    }

    @AfterEach
    void close() {
        people.close();
    }

    private void reject(int rows, String account, String ref) {
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, account, source_ref) SELECT '12', '" + account
                + "', '" + ref + "' FROM generate_series(1, " + rows + ")");
    }

    /** All pages. */
    private List<RowLine> list(Filter filter) {
        List<RowLine> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<RowLine> page = people.rejected.read(filter, PageRequest.of(50, cursor), Sight.FULL);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private static Instant midnight() {
        return Instant.now()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    @Test
    void each_account_has_the_rows_that_its_figure_counts_over_all_pages() throws Exception {
        reject(1, " ", "blank");
        reject(120, "default", "today");
        reject(3, "elsewhere", "unknown");
        path.merge();
        path.database.execute(
                "UPDATE alohub.customer_outbox SET merged_at = merged_at - interval '2 days' WHERE source_ref = 'today' AND id % 2 = 0");
        Overview.Seen seen = people.overview.read(ZoneOffset.UTC, Sight.FULL);
        long counted = seen.accounts().getFirst().today().rejected();
        assertEquals(61, counted);
        assertEquals(counted, list(new Filter("default", null, midnight())).size());
        assertEquals(3, seen.unknownAccounts());
        assertEquals(
                seen.unknownAccounts(),
                list(new Filter(null, "account.unknown", midnight())).size());
        assertEquals(124, list(new Filter(null, null, null)).size());
        assertEquals(List.of(), list(new Filter("brandb", null, null)));
    }

    @Test
    void a_list_of_a_day_ends_at_older_rows_and_one_of_all_goes_on() throws Exception {
        reject(RejectedRows.LOOKS + 1, "default", "old");
        path.merge();
        path.database.execute("UPDATE alohub.customer_outbox SET merged_at = now() - interval '2 days'");
        reject(1, "default", "new");
        path.merge();
        PageRequest first = PageRequest.first(50);
        Filter lately = new Filter(null, null, Instant.now().minus(Duration.ofHours(3)));
        Page<RowLine> page = people.rejected.read(lately, first, Sight.FULL);
        assertEquals(
                List.of("new"), page.items().stream().map(RowLine::sourceRef).toList());
        assertNull(page.next());
        assertNotNull(people.rejected
                .read(new Filter("brandb", null, null), first, Sight.FULL)
                .next());
    }
}
