package io.alohubsync.bench;

import io.alohubsync.bench.limit.ClaimAndSettle;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.ProcessFigures;
import io.alohubsync.demo.Stub;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Customers that wait for a claim, few and very many of them, beside as many that are delivered:
 * does size matter?
 */
final class Backlog {

    private static final int FEW = 50_000;
    private static final int AT_A_TIME = 1_000_000;
    private static final String CUSTOMERS = """
            INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, delivered_revision, delivered_at)
            SELECT 'default', '+849' || (10000000 + i), 'Khách hàng ' || i, i, 1, CASE WHEN i % 2 = 0 THEN 1 ELSE 0 END,
                   CASE WHEN i % 2 = 0 THEN clock_timestamp() END
            FROM generate_series(FROM, TO) i""";
    private static final String WORK = "INSERT INTO alohub.due (customer_id, account, wanted_revision)"
            + " SELECT id, account, 1 FROM alohub.customer WHERE delivered_revision = 0";
    private static final String DONE = "SELECT coalesce(max(id), 0) FROM alohub.delivery_attempt";

    private static final int BATCH = 500;
    private static final int WARM_UP = 100;
    private static final int CLAIMS = 1000;
    private static final LeaseRequest REQUEST =
            new LeaseRequest("default", "fingerprint", BATCH, Duration.ofSeconds(90));

    private Backlog() {}

    static Report run(LocalPostgres postgres, Stub stub, Database migrated, int customers, int rounds)
            throws Exception {
        Series few = Series.of(String.format("%,d wait", FEW), String.format("and %,d are delivered", FEW));
        Series many =
                Series.of(String.format("%,d wait", customers), String.format("and %,d are delivered", customers));
        for (int round = 1; round <= rounds; round++) {
            few.runs().add(one(postgres, stub, migrated, FEW));
            many.runs().add(one(postgres, stub, migrated, customers));
            System.out.printf(
                    "round %d  %s%n         %s%n",
                    round, few.runs().getLast(), many.runs().getLast());
        }
        return Report.of("backlog", "Drain of a backlog that is merged already", "rows/s", List.of(few, many));
    }

    private static Run one(LocalPostgres postgres, Stub stub, Database migrated, int customers) throws Exception {
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated)) {
            for (long from = 1; from <= 2L * customers; from += AT_A_TIME) {
                database.execute(CUSTOMERS
                        .replace("FROM,", from + ",")
                        .replace("TO)", Math.min(2L * customers, from + AT_A_TIME - 1) + ")"));
            }
            database.execute(WORK);
            database.execute("VACUUM ANALYZE");
            database.execute("CHECKPOINT");
            Map<String, Double> details = new LinkedHashMap<>();
            double rate;
            try (Observed daemon = Observed.daemon(database, stub)) {
                long begun = System.nanoTime();
                long least = (long) (FEW * 0.9);
                while (daemon.number(DONE) < least) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                rate = daemon.number(DONE) / seconds;
                details.put("seconds", seconds);
                details.put("peakMegabytes", (double) ProcessFigures.peakMegabytes(daemon.program.pid()));
            }
            claim(database, details);
            return new Run(rate, details);
        }
    }

    /**
     * Claims what is left by the daemon's own statement, one batch after the other as a drain does,
     * and times each.
     */
    private static void claim(Database database, Map<String, Double> details) throws SQLException, IOException {
        DataSource pool = Pool.of(
                database.url(), database.server().user(), database.server().password(), 1, ClaimAndSettle.pins());
        LowWaterMark lowWaterMark = new LowWaterMark(System::nanoTime);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < CLAIMS + WARM_UP; i++) {
            long begun = System.nanoTime();
            int claimed = Transaction.run(
                            pool,
                            connection -> ClaimSql.claim(connection, REQUEST, lowWaterMark)
                                    .customers())
                    .size();
            if (claimed < BATCH) {
                return; // too few are left to say anything
            }
            if (i >= WARM_UP) {
                millis.add((System.nanoTime() - begun) / 1e6);
            }
        }
        Collections.sort(millis);
        details.put("claimMillisP50", millis.get(CLAIMS / 2));
        details.put("claimMillisP99", millis.get(CLAIMS * 99 / 100));
    }
}
