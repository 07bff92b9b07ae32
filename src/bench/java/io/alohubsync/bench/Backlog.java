package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.ProcessFigures;
import io.alohubsync.demo.Stub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Customers that wait for a claim, few and very many of them, beside as many that are delivered: does size matter? */
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
            try (Observed daemon = Observed.daemon(database, stub)) {
                long begun = System.nanoTime();
                long least = (long) (FEW * 0.9);
                while (daemon.number(DONE) < least) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                return new Run(daemon.number(DONE) / seconds, Map.of("seconds", seconds, "peakMegabytes", (double)
                        ProcessFigures.peakMegabytes(daemon.program.pid())));
            }
        }
    }
}
