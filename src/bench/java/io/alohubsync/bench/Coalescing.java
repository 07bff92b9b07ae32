package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.Stub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many rows of few customers, merged while the account is paused: how quickly, and how many calls
 * are left of them.
 */
final class Coalescing {

    private static final int PHONES = 10_000;
    private static final String NEW =
            "SELECT count(*) FROM (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL LIMIT 1) n";
    private static final String DUE = "SELECT count(*) FROM (SELECT FROM alohub.due LIMIT 1) d";
    private static final String FILL = """
            INSERT INTO alohub.customer_outbox (phone, name, email)
            SELECT '09' || (10000000 + 1 + i::bigint * 7919 % PHONES), 'Khách hàng ' || i, 'kh' || i || '@example.vn'
            FROM generate_series(1, ROWS) i""";

    private Coalescing() {}

    static Report run(LocalPostgres postgres, Machine machine, Stub stub, Database migrated, int rows, int rounds)
            throws Exception {
        Series merge = Series.of("merge", "rows merged in a second, the account being paused");
        for (int round = 1; round <= rounds; round++) {
            merge.runs().add(one(postgres, machine, stub, migrated, rows));
            System.out.printf("round %d  %s%n", round, merge.runs().getLast());
        }
        return Report.of("merge", String.format("%,d rows of %,d customers", rows, PHONES), "rows/s", List.of(merge));
    }

    private static Run one(LocalPostgres postgres, Machine machine, Stub stub, Database migrated, int rows)
            throws Exception {
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated)) {
            database.execute("SELECT alohub.pause(reason => 'benchmark')");
            database.execute(FILL.replace("ROWS", String.valueOf(rows)).replace("PHONES", String.valueOf(PHONES)));
            database.execute("VACUUM ANALYZE");
            database.execute("CHECKPOINT");
            long before = stub.calls();
            try (Observed daemon = Observed.daemon(database, stub)) {
                Cost begin = Cost.now(daemon.program.pid(), machine, stub);
                double seconds = daemon.secondsUntilNothing(NEW);
                Cost end = Cost.now(daemon.program.pid(), machine, stub);
                Database.one(daemon.connection, "SELECT alohub.resume()");
                daemon.secondsUntilNothing(DUE);
                double calls = stub.calls() - before;
                Map<String, Double> details = new LinkedHashMap<>();
                details.put("seconds", seconds);
                details.put("calls", calls);
                details.put("callsInPercentOfRows", 100 * calls / rows);
                details.put("cpuSecondsPer1000", (end.program() - begin.program()) * 1000 / rows);
                details.put("postgresCpuSecondsPer1000", (end.postgres() - begin.postgres()) * 1000 / rows);
                return new Run(rows / seconds, details);
            }
        }
    }
}
