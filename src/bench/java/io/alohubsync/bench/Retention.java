package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.Stub;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The drain, and an ERP's inserts beside it, while old rows are purged and while none are: in
 * turns, in one database full of them.
 */
final class Retention {

    private static final int CUSTOMERS = 100_000;
    private static final int AT_A_TIME = 1_000_000;
    private static final int ROWS_OF_A_CUSTOMER = 10;
    private static final int ERP_FIRST = 900_001; // its customers, which only it writes
    private static final long ERP_PAUSE_MILLIS = 5;
    private static final long ALONE_SECONDS = 5;
    private static final String OLD_CUSTOMERS = """
            INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, wanted_revision, delivered_revision, delivered_at)
            SELECT 'default', '+84' || (700000000 + i), 'Khách hàng ' || i, i, 1, 1, 1, now() - interval '60 days'
            FROM generate_series(1, ROWS) i""";
    private static final String OLD_ROWS = """
            INSERT INTO alohub.customer_outbox (phone, name, email, merge_status, customer_id, revision, carries_name, carries_email, merged_at)
            SELECT '0' || (700000000 + i / 10), 'Khách hàng ' || i / 10, 'kh' || i || '@example.vn', CASE WHEN i % 10 = 0 THEN 'MERGED' ELSE 'UNCHANGED' END,
                   i / 10, 1, true, false, now() - interval '60 days'
            FROM generate_series(FROM, TO) i""";
    private static final String OLD_ATTEMPTS = """
            INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome, http_status, started_at, duration_ms, replica)
            SELECT id, account, phone, 1, 1, 'ACCEPTED', 200, now() - interval '60 days', 5, 'bench' FROM alohub.customer""";
    private static final String NEW_ROWS =
            "INSERT INTO alohub.customer_outbox (phone, name, email) SELECT '09' || (10000000 + i),"
                    + " 'Khách hàng ' || i, 'kh' || i || '@example.vn' FROM generate_series(FROM, TO) i";
    private static final String LEFT = "SELECT (EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL)"
            + " OR EXISTS (SELECT FROM alohub.due) OR EXISTS (SELECT FROM alohub.merge_lease))::int";
    /** But for the ERP's, of which there are always some. */
    private static final String WAITING =
            "SELECT (EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL AND source IS NULL)"
                    + " OR (SELECT count(*) FROM (SELECT FROM alohub.due LIMIT 51) d) > 50)::int";

    private static final String REACHED = "SELECT after_id FROM alohub.retention WHERE history = 'customer_outbox'";
    private static final String MEGABYTES = "SELECT pg_total_relation_size('alohub.customer_outbox') / 1000000";

    private Retention() {}

    static Report run(LocalPostgres postgres, Stub stub, Database migrated, int rows, int rounds) throws Exception {
        Series without = Series.of("nothing is purged", String.format("%,d old rows stay", rows));
        Series with = Series.of("old rows are purged", String.format("of %,d old rows, and of their attempts", rows));
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated)) {
            fill(database, rows);
            int first = 1;
            one(database, stub, first, false); // the first in a new database: does not count
            for (int round = 1; round <= rounds; round++) {
                for (boolean purging : round % 2 == 1 ? List.of(false, true) : List.of(true, false)) {
                    first += CUSTOMERS;
                    (purging ? with : without).runs().add(one(database, stub, first, purging));
                }
                System.out.printf(
                        "round %d  %s%n         %s%n",
                        round, without.runs().getLast(), with.runs().getLast());
            }
        }
        return Report.of(
                "retention",
                String.format("Drain of %,d customers among %,d old rows", CUSTOMERS, rows),
                "rows/s",
                List.of(without, with));
    }

    private static void fill(Database database, int rows) throws SQLException {
        long begun = System.nanoTime();
        database.execute(OLD_CUSTOMERS.replace("ROWS", String.valueOf(rows / ROWS_OF_A_CUSTOMER)));
        for (long from = ROWS_OF_A_CUSTOMER; from < rows + ROWS_OF_A_CUSTOMER; from += AT_A_TIME) {
            long to = Math.min(rows + ROWS_OF_A_CUSTOMER, from + AT_A_TIME) - 1;
            database.execute(OLD_ROWS.replace("FROM,", from + ",").replace("TO)", to + ")"));
        }
        database.execute(OLD_ATTEMPTS);
        database.execute("VACUUM ANALYZE");
        System.out.printf("filled in %.0f s%n", (System.nanoTime() - begun) / 1e9);
    }

    private static Run one(Database database, Stub stub, int first, boolean purging) throws Exception {
        database.execute(NEW_ROWS.replace("FROM,", first + ",").replace("TO)", first + CUSTOMERS - 1 + ")"));
        database.execute("UPDATE alohub.retention SET next_at = now()");
        database.execute("CHECKPOINT");
        Map<String, String> environment = new HashMap<>(Contestants.daemonEnvironment(database, stub.url()));
        String kept = purging ? "30d" : "0";
        environment.put("ALOHUB_RETENTION_OUTBOX", kept);
        environment.put("ALOHUB_RETENTION_ATTEMPTS", kept);
        AtomicBoolean over = new AtomicBoolean();
        Map<String, Double> details = new LinkedHashMap<>();
        try (Observed daemon = Observed.daemon(database, environment)) {
            CompletableFuture<List<Double>> erp = CompletableFuture.supplyAsync(
                    () -> erp(database, first / CUSTOMERS, over),
                    task -> Thread.ofPlatform().start(task));
            long before = daemon.number(REACHED);
            double seconds = daemon.secondsUntilNothing(WAITING);
            over.set(true);
            List<Double> millis = erp.join();
            long reached = daemon.number(REACHED);
            daemon.secondsUntilNothing(LEFT);
            details.put("seconds", seconds);
            details.put("erpInsertMillisP50", millis.get(millis.size() / 2));
            details.put("erpInsertMillisP99", millis.get(millis.size() * 99 / 100));
            if (purging) {
                details.put("purgedPerSecondBesideTheDrain", (reached - before) / seconds);
                long alone = daemon.number(REACHED);
                TimeUnit.SECONDS.sleep(ALONE_SECONDS);
                details.put("purgedPerSecondAlone", (daemon.number(REACHED) - alone) / (double) ALONE_SECONDS);
            }
            details.put("outboxMegabytes", (double) daemon.number(MEGABYTES));
            return new Run(CUSTOMERS / seconds, details);
        }
    }

    /** One row after the other, each in its own transaction. @return how long each took, sorted */
    private static List<Double> erp(Database database, int leg, AtomicBoolean over) {
        List<Double> millis = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO alohub.customer_outbox (phone, name, email, source) VALUES (?, ?, ?, 'erp')")) {
            for (int number = ERP_FIRST + leg * 10_000; !over.get(); number++) {
                SampleCustomer customer = SampleCustomer.of(number);
                insert.setString(1, customer.phone());
                insert.setString(2, customer.name());
                insert.setString(3, customer.email());
                long begun = System.nanoTime();
                insert.executeUpdate();
                millis.add((System.nanoTime() - begun) / 1e6);
                TimeUnit.MILLISECONDS.sleep(ERP_PAUSE_MILLIS);
            }
        } catch (SQLException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
        Collections.sort(millis);
        return millis;
    }
}
