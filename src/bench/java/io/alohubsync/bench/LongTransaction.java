package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.Stub;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The drain's speed after a while, with and without a transaction elsewhere that stays open and
 * keeps dead rows from being removed.
 */
final class LongTransaction {

    private static final int FOR_A_MINUTE = 1_000_000;
    private static final String DONE = "SELECT coalesce(max(id), 0) FROM alohub.delivery_attempt";

    private LongTransaction() {}

    static Report run(LocalPostgres postgres, Stub stub, Database migrated, int seconds, int rounds) throws Exception {
        Series alone = Series.of("alone", "no other transaction is open");
        Series held =
                Series.of("beside a long transaction", "an open REPEATABLE READ transaction that has begun before");
        for (int round = 1; round <= rounds; round++) {
            alone.runs().add(one(postgres, stub, migrated, seconds, false));
            held.runs().add(one(postgres, stub, migrated, seconds, true));
            System.out.printf(
                    "round %d  alone %,.0f rows/s, beside a long transaction %,.0f%n",
                    round, alone.runs().getLast().value(), held.runs().getLast().value());
        }
        return Report.of(
                "xmin", "Drain of " + seconds + " s: rows/s in its last third", "rows/s", List.of(alone, held));
    }

    private static Run one(LocalPostgres postgres, Stub stub, Database migrated, int seconds, boolean held)
            throws Exception {
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated);
                Connection other = database.connect()) {
            database.execute(Contestants.DAEMON.fill().replace("ROWS", String.valueOf(FOR_A_MINUTE)));
            database.execute("VACUUM ANALYZE");
            database.execute("CHECKPOINT");
            if (held) {
                other.setAutoCommit(false);
                other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                Database.one(other, DONE);
            }
            Map<String, Double> details = new LinkedHashMap<>();
            double last = 0;
            try (Observed daemon = Observed.daemon(database, stub)) {
                long before = 0;
                for (int third = 1; third <= 3; third++) {
                    long begun = System.nanoTime();
                    TimeUnit.MILLISECONDS.sleep(seconds * 1000L / 3);
                    long done = daemon.number(DONE);
                    last = (done - before) / ((System.nanoTime() - begun) / 1e9);
                    before = done;
                    details.put("rowsPerSecondInThird" + third, last);
                }
                if (before >= FOR_A_MINUTE) {
                    System.out.println("There were too few rows");
                }
            }
            return new Run(last, details);
        }
    }
}
