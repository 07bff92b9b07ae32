package io.alohubsync.operate.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.TestDatabase;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.People;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.customers.CustomerQuery;
import io.alohubsync.operate.customers.CustomerQuery.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lines of lists say what the view says that everybody reads. */
class CustomerLinesIT {

    private static final String CUSTOMERS = """
            INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, wanted_revision, delivered_revision, delivered_at, attempts, lease_token)
            SELECT 'default', '+8491234500' || i, 'Khách ' || i, i, 1, 1, CASE WHEN i = 1 THEN 1 ELSE 0 END, CASE WHEN i = 1 THEN now() END,
                   i, CASE WHEN i = 8 THEN 908 WHEN i = 9 THEN 909 END
            FROM generate_series(1, 9) i""";
    private static final String DUE = """
            INSERT INTO alohub.due (customer_id, account, wanted_revision, attempts, dead, hold, due_at, lease_token, leased_at, lease_until, sent_revision)
            SELECT c.id, 'default', 1, w.attempts, w.dead, w.hold, w.due_at::timestamptz, w.token, now() - w.ago, now() - w.ago + interval '1 hour', w.sent
            FROM (VALUES ('2', 0, false, NULL, '2040-01-01', NULL::bigint, NULL::interval, NULL::integer),
                         ('3', 1, false, NULL, '2020-01-01', 3, '1 minute', 1),
                         ('4', 0, false, NULL, '2020-01-01', 4, '2 hours', 1),
                         ('5', 2, false, NULL, '2040-01-01', NULL, NULL, NULL),
                         ('6', 3, true, NULL, 'infinity', NULL, NULL, NULL),
                         ('7', 0, false, 'khách yêu cầu', 'infinity', NULL, NULL, NULL))
                 AS w (last, attempts, dead, hold, due_at, token, ago, sent)
            JOIN alohub.customer c ON right(c.phone, 1) = w.last""";
    private static final String LEASES = """
            INSERT INTO alohub.merge_lease (token, account, priority, leased_at, lease_until, customers)
            SELECT c.lease_token, 'default', 0, now() - w.ago, now() - w.ago + interval '1 hour', ARRAY[c.id]
            FROM (VALUES (908, interval '1 minute'), (909, '2 hours')) AS w (token, ago) JOIN alohub.customer c ON c.lease_token = w.token""";
    private static final String VIEW =
            "SELECT id, account, phone, left(name, 255), left(email, 254), status, wanted_revision, delivered_revision, attempts, next_attempt_at,"
                    + " left(hold_reason, 500), last_outcome, http_status, left(error, 1000), delivered_at, created_at, updated_at"
                    + " FROM alohub.sync_status";

    @Test
    void each_status_and_time_is_that_of_the_view() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        database.execute(CUSTOMERS);
        database.execute(DUE);
        database.execute(LEASES);
        String lines = Files.readString(Path.of("src/main/resources/sql/operate/read-customer-lines.sql"))
                .replace(":ids::bigint[]", "ARRAY(SELECT id FROM alohub.customer)");
        assertEquals(
                "DELIVERED PENDING SENDING RETRYING RETRYING DEAD HELD SENDING RETRYING",
                database.one("SELECT string_agg(status, ' ' ORDER BY phone) FROM alohub.sync_status"));
        assertEquals(all(database, VIEW), all(database, lines));
    }

    @Test
    void the_list_of_a_status_has_the_customers_that_the_view_counts() {
        TestDatabase database = TestDatabase.migrated();
        database.execute(CUSTOMERS);
        database.execute(DUE);
        database.execute(LEASES);
        try (People people = new People(database)) {
            for (Status status : List.of(Status.PENDING, Status.SENDING, Status.WAITING, Status.DEAD, Status.HELD)) {
                CustomerQuery query = new CustomerQuery(null, null, "default", status);
                assertEquals(
                        database.one(
                                "SELECT string_agg(id::text, ' ' ORDER BY id DESC) FROM alohub.sync_status WHERE status IN ('"
                                        + String.join("', '", status.all()) + "')"),
                        people.search.search(query, PageRequest.first(50), Sight.FULL).page().items().stream()
                                .map(line -> String.valueOf(line.id()))
                                .collect(Collectors.joining(" ")),
                        status.name());
            }
        }
    }

    private static String all(TestDatabase database, String select) {
        return database.one("SELECT string_agg((q.*)::text, E'\\n' ORDER BY id) FROM (" + select + "\n) q");
    }
}
