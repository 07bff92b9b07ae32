package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.ProcessFigures;
import io.alohubsync.demo.Stub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One, two and four replicas on one database: what they drain together, what each costs, and how
 * the database grows.
 */
final class Replicas {

    private static final List<Integer> NUMBERS = List.of(1, 2, 4);
    private static final String FILL = "INSERT INTO alohub.customer_outbox (phone, name, email) " + SampleCustomer.SQL;
    private static final String LEFT =
            "SELECT (EXISTS (SELECT FROM alohub.due) OR EXISTS (SELECT FROM alohub.merge_lease)"
                    + " OR EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL))::int";
    private static final String SIZE = "SELECT pg_database_size(current_database())";

    private final LocalPostgres postgres;
    private final Machine machine;
    private final Stub stub;
    private final Database migrated;

    Replicas(LocalPostgres postgres, Machine machine, Stub stub, Database migrated) {
        this.postgres = postgres;
        this.machine = machine;
        this.stub = stub;
        this.migrated = migrated;
    }

    Report run(String scenario, String what, int customers, int rounds) throws Exception {
        List<Series> all = NUMBERS.stream()
                .map(number -> Series.of(
                        number == 1 ? "1 replica" : number + " replicas",
                        "on one database; CPU of all together, memory of the one that held most"))
                .toList();
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < NUMBERS.size(); i++) {
                Run run = one(customers, NUMBERS.get(i));
                all.get(i).runs().add(run);
                System.out.printf("round %d  %s  %s%n", round, all.get(i).name(), run);
            }
        }
        return Report.of("replicas", String.format("Drain of %,d customers by replicas", customers), "rows/s", all);
    }

    private Run one(int customers, int number) throws Exception {
        List<Observed> replicas = new ArrayList<>();
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated)) {
            try {
                for (int i = 0; i < number; i++) {
                    replicas.add(Observed.daemon(database, stub));
                }
                Observed first = replicas.getFirst();
                long sizeBefore = first.number(SIZE);
                database.execute(FILL.replace("ROWS", String.valueOf(customers)));
                Map<String, Double> details = new LinkedHashMap<>();
                double cpuBefore = cpu(replicas);
                Cost begin = Cost.now(first.program.pid(), machine, stub);
                double seconds = first.secondsUntilNothing(LEFT);
                Cost end = Cost.now(first.program.pid(), machine, stub);
                double thousands = customers / 1000.0;
                details.put("seconds", seconds);
                details.put("cpuSecondsPer1000", (cpu(replicas) - cpuBefore) / thousands);
                details.put("postgresCpuSecondsPer1000", (end.postgres() - begin.postgres()) / thousands);
                details.put("peakMegabytes", peak(replicas));
                details.put("databaseMegabytesPerMillion", (first.number(SIZE) - sizeBefore) / 1e6 / (customers / 1e6));
                return new Run(customers / seconds, details);
            } finally {
                for (Observed replica : replicas) {
                    replica.close();
                }
            }
        }
    }

    private static double cpu(List<Observed> replicas) throws IOException {
        double seconds = 0;
        for (Observed replica : replicas) {
            seconds += ProcessFigures.cpu(replica.program.pid());
        }
        return seconds;
    }

    /** Of the one that held most. */
    private static double peak(List<Observed> replicas) throws IOException {
        double megabytes = 0;
        for (Observed replica : replicas) {
            megabytes = Math.max(megabytes, ProcessFigures.peakMegabytes(replica.program.pid()));
        }
        return megabytes;
    }
}
