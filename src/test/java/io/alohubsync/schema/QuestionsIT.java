package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The questions that the documents tell people to ask: none reads a large table, whatever the
 * answer.
 */
class QuestionsIT {

    /**
     * Pages of 8 KiB. The tables below have thousands; an answer of fifty rows needs some hundred.
     */
    private static final int MOST_PAGES = 600;

    private static final List<String> QUESTIONS = List.of(
            "SELECT id, status, reason FROM alohub.outbox_status WHERE id = 15000",
            "SELECT id, status, reason FROM alohub.outbox_status WHERE source_ref = 'KH15000'",
            "SELECT id, status, reason FROM alohub.outbox_status WHERE source = 'erp' AND source_ref = 'nowhere'",
            "SELECT id, status, reason FROM alohub.outbox_status ORDER BY id DESC LIMIT 10",
            "SELECT count(*) FROM (SELECT FROM alohub.outbox_status WHERE status = 'NEW' LIMIT 1000) n",
            "SELECT id, status FROM alohub.outbox_status WHERE status = 'NEW' ORDER BY id DESC LIMIT 50",
            "SELECT id, source_ref, status, reason FROM alohub.outbox_status WHERE source = 'erp' AND merge_status = 'REJECTED' ORDER BY id DESC LIMIT 50",
            "SELECT id, status FROM alohub.outbox_status WHERE status = 'UNCHANGED' ORDER BY id DESC LIMIT 50",
            "SELECT id, status FROM alohub.outbox_status WHERE status = 'DELIVERED' ORDER BY id DESC LIMIT 50",
            "SELECT id, status FROM alohub.outbox_status WHERE status = 'PENDING' LIMIT 50",
            "SELECT id, status FROM alohub.outbox_status WHERE status IN ('DEAD', 'HELD', 'RETRYING') LIMIT 50",
            "SELECT id, status FROM alohub.outbox_status WHERE status = 'SUPERSEDED' LIMIT 50",
            "SELECT id, status FROM alohub.outbox_status WHERE customer_id = 700",
            "SELECT started_at, outcome FROM alohub.delivery_attempt WHERE phone = '+84900000700' ORDER BY id DESC LIMIT 20",
            "SELECT started_at, outcome FROM alohub.delivery_attempt WHERE phone = '+84900000700'",
            "SELECT started_at, outcome FROM alohub.delivery_attempt ORDER BY id DESC LIMIT 20",
            "SELECT status FROM alohub.sync_status WHERE account = 'default' AND phone = '+84900000700'",
            "SELECT status FROM alohub.sync_status WHERE phone = '+84900000700'",
            "SELECT phone, status, attempts, next_attempt_at, error FROM alohub.sync_status WHERE status <> 'DELIVERED' LIMIT 50",
            "SELECT phone, error FROM alohub.sync_status WHERE status = 'DEAD' ORDER BY updated_at DESC LIMIT 50",
            "SELECT phone, error FROM alohub.sync_status WHERE status IN ('DEAD', 'RETRYING', 'HELD') ORDER BY updated_at DESC LIMIT 50",
            "SELECT phone, error FROM alohub.sync_status WHERE status = 'RETRYING' ORDER BY next_attempt_at LIMIT 50",
            "SELECT phone FROM alohub.sync_status WHERE status <> 'DELIVERED' ORDER BY next_attempt_at LIMIT 10",
            "SELECT id, phone FROM alohub.sync_status WHERE id > 700 ORDER BY id LIMIT 50",
            "SELECT who, act FROM alohub.audit WHERE customer_id = 700",
            "SELECT account, status, customers FROM alohub.status_counts");

    private static final String FILL = """
            INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, delivered_revision, delivered_at, last_outcome)
              SELECT 'default', '+84' || 900000000 + n, 'N', n, 1, 1, now(), 'ACCEPTED' FROM generate_series(1, 60000) n;
            INSERT INTO alohub.customer_outbox (phone, name, source, source_ref, merge_status, customer_id, revision, carries_name, carries_email, merged_at)
              SELECT '0' || 900000000 + n, 'N', 'erp', 'KH' || n, 'MERGED', n, 1, true, false, now() FROM generate_series(1, 60000) n;
            INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome, started_at)
              SELECT n, 'default', '+84' || 900000000 + n, 1, 1, 'ACCEPTED', now() FROM generate_series(1, 60000) n""";

    private static final Pattern PAGES = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)");

    /** All that one question touches, and its plan for the message. */
    private static void assertSmall(TestDatabase database, String question) {
        String plan = String.join("\n", database.column("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + question));
        Matcher pages = PAGES.matcher(plan);
        int touched = 0;
        for (int i = 0; i < 2 && pages.find(); i++) { // of the topmost node
            touched += Integer.parseInt(pages.group(1));
        }
        assertTrue(touched < MOST_PAGES, question + " reads " + touched + " pages\n" + plan);
    }

    @Test
    void no_documented_question_reads_a_large_table() {
        TestDatabase database = TestDatabase.migrated();
        database.execute(FILL);
        database.execute("VACUUM ANALYZE");
        assertTrue(Integer.parseInt(database.one("SELECT pg_relation_size('alohub.customer_outbox') / 8192"))
                > 2 * MOST_PAGES);
        QUESTIONS.forEach(question -> assertSmall(database, question));
        // A few of each status, as the daemon's steps leave them.
        database.execute(
                "INSERT INTO alohub.customer_outbox (phone, source) SELECT '1', 'erp' FROM generate_series(1, 100)");
        database.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision, dead, due_at, attempts)"
                + " SELECT n, 'default', 1, true, 'infinity', 12 FROM generate_series(1, 15) n");
        database.execute(
                "INSERT INTO alohub.due (customer_id, account, wanted_revision) SELECT n, 'default', 1 FROM generate_series(101, 115) n");
        database.execute("ANALYZE");
        QUESTIONS.forEach(question -> assertSmall(database, question));
        assertEquals("15", database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'"));
    }

    @Test
    void a_row_has_one_status_the_same_whether_few_or_many_customers_wait() throws SQLException {
        HotPath path = new HotPath();
        for (int i = 0; i < 48; i++) { // values of two fields that are carried, replaced, in flight or wanted
            for (int step = 0, choice = i; step < 3; step++, choice /= 4) {
                path.insert(
                        "09123456" + (10 + i),
                        choice % 2 == 0 ? "N" + step : null,
                        choice / 2 % 2 == 0 ? "e" + step + "@x.vn" : null);
                if (step < 2 && i % 3 < 2) {
                    path.merge();
                }
            }
            settleSome(path, i);
        }
        path.merge();
        path.insert("12", "rejected", null);
        path.merge();
        path.insert("0868793800", "new", null);
        path.database.execute("SELECT alohub.hold('0912345610')");
        List<String> few = rows(path.database);
        assertEquals(
                path.database
                        .column("SELECT id FROM alohub.customer_outbox ORDER BY id")
                        .size(),
                few.size());
        for (String function : List.of("few_are_open", "few_are_new")) {
            path.database.execute("CREATE OR REPLACE FUNCTION alohub." + function
                    + "() RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false'");
        }
        assertEquals(few, rows(path.database));
        List<String> statuses = path.database.column("SELECT DISTINCT status FROM alohub.outbox_status ORDER BY 1");
        assertTrue(
                statuses.containsAll(List.of(
                        "DEAD",
                        "DELIVERED",
                        "HELD",
                        "NEW",
                        "PENDING",
                        "REJECTED",
                        "RETRYING",
                        "SENDING",
                        "SUPERSEDED")),
                statuses::toString);
    }

    private static List<String> rows(TestDatabase database) {
        return database.column(
                "SELECT concat_ws(' ', o.id, o.status, o.reason, o.customer_phone) FROM alohub.outbox_status o ORDER BY o.id");
    }

    private static void settleSome(HotPath path, int i) throws SQLException {
        List<Claimed> claimed = new ArrayList<>(path.claim(1000));
        for (Claimed customer : claimed) {
            switch (i % 5) {
                case 0 -> path.settle(HotPath.accepted(customer));
                case 1 -> path.settle(HotPath.refused(customer));
                case 2 -> path.settle(HotPath.failed(customer, Duration.ofHours(1)));
                case 3 -> path.settle(HotPath.notStarted(customer));
                default -> {} // in flight
            }
        }
    }
}
