package io.alohubsync.operate.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.delivery.HotPath;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.People;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.customers.CustomerQuery;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.RowLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows that the share within a minute lacks, and the customers that are overdue. */
class SlowRowsIT {

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

    private void write(int rows, String ref, int minutesAgo) throws Exception {
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, source_ref, created_at) SELECT '09' || (10000000 + "
                        + (ref.hashCode() & 0xffff) * 100L + " + i), '" + ref + "', now() - interval '" + minutesAgo
                        + " minutes' FROM generate_series(1, " + rows + ") i");
        path.merge();
    }

    private void deliver(String ref, String after) {
        path.database.execute(
                "UPDATE alohub.customer c SET delivered_revision = wanted_revision, delivered_at = o.created_at + interval '"
                        + after + "' FROM alohub.customer_outbox o WHERE o.customer_id = c.id AND o.source_ref = '"
                        + ref + "'");
        path.database.execute(
                "DELETE FROM alohub.due d USING alohub.customer_outbox o WHERE o.customer_id = d.customer_id AND o.source_ref = '"
                        + ref + "'");
    }

    private List<String> slow(Instant since) {
        List<String> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<RowLine> page = people.slow.read("default", since, PageRequest.of(2, cursor), Sight.FULL);
            page.items().forEach(row -> all.add(row.sourceRef()));
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    @Test
    void slow_are_rows_delivered_after_a_minute_or_not_yet_but_none_that_is_held_rejected_or_new() throws Exception {
        write(1, "in time", 10);
        deliver("in time", "59 seconds");
        write(3, "too late", 9);
        deliver("too late", "61 seconds");
        write(1, "waits", 8);
        write(1, "held", 7);
        path.database.execute("UPDATE alohub.due SET hold = 'x', due_at = 'infinity' FROM alohub.customer_outbox o"
                + " WHERE o.customer_id = due.customer_id AND o.source_ref = 'held'");
        write(1, "just now", 0);
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, source_ref, created_at) VALUES ('12', 'rejected', now() - interval '6 minutes')");
        path.merge();
        assertEquals(List.of("waits", "too late", "too late", "too late"), slow(null));
        assertEquals(List.of("waits"), slow(Instant.now().minus(Duration.ofSeconds(510))));
        assertEquals(
                List.of(),
                people.slow
                        .read("brandb", null, PageRequest.first(5), Sight.FULL)
                        .items());
    }

    @Test
    void overdue_customers_are_listed_by_their_time_over_all_priorities_and_pages() throws Exception {
        write(5, "waits", 9);
        path.database.execute("UPDATE alohub.due SET priority = (customer_id % 2)::smallint,"
                + " due_at = now() - customer_id % 3 * interval '1 hour' - interval '1 minute'");
        path.database.execute(
                "INSERT INTO alohub.due (customer_id, account, wanted_revision, due_at) SELECT max(customer_id) + 1, 'brandb', 1,"
                        + " now() - interval '1 day' FROM alohub.due");
        String wanted = path.database.one(
                "SELECT string_agg(customer_id::text, ' ' ORDER BY due_at, customer_id) FROM alohub.due WHERE account = 'default'");
        CustomerQuery query = new CustomerQuery(null, null, "default", CustomerQuery.Status.OVERDUE);
        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            Page<CustomerLine> page = people.search
                    .search(query, PageRequest.of(2, cursor), Sight.FULL)
                    .page();
            page.items().forEach(line -> listed.add(String.valueOf(line.id())));
            cursor = page.next();
        } while (cursor != null);
        assertEquals(wanted, String.join(" ", listed));
        path.database.execute("UPDATE alohub.due SET due_at = now() + interval '1 hour'");
        Page<CustomerLine> none =
                people.search.search(query, PageRequest.first(2), Sight.FULL).page();
        assertEquals(List.of(), none.items());
        assertNull(none.next());
        assertNotNull(wanted);
    }
}
