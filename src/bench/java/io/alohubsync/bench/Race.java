package io.alohubsync.bench;

import io.alohubsync.bench.Contestant.Schema;
import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.ProcessFigures;
import io.alohubsync.demo.Stub;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs those that are compared one after the other, round by round, each in a new database and a
 * new JVM.
 */
final class Race {

    private static final long START_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(15);
    private static final long LOOK_MILLIS = 20;

    /** A pattern of names: runs only these. */
    private static final String ONLY = System.getenv().getOrDefault("ALOHUB_BENCH_ONLY", ".*");

    private final LocalPostgres postgres;
    private final Machine machine;
    private final Stub stub;
    private final Database migrated;

    /** @param migrated has the daemon's schema */
    Race(LocalPostgres postgres, Machine machine, Stub stub, Database migrated) {
        this.postgres = postgres;
        this.machine = machine;
        this.stub = stub;
        this.migrated = migrated;
    }

    List<Series> run(List<Contestant> all, int rows, int rounds) throws Exception {
        List<Contestant> contestants = all.stream()
                .filter(contestant -> contestant.name().matches(ONLY))
                .toList();
        Map<Contestant, Series> series = new LinkedHashMap<>();
        contestants.forEach(contestant -> series.put(contestant, Series.of(contestant.name(), contestant.what())));
        List<Contestant> order = new ArrayList<>(contestants);
        for (int round = 1; round <= rounds; round++) {
            for (Contestant contestant : order) {
                Run run = run(contestant, Math.max(1, rows / contestant.share()));
                series.get(contestant).runs().add(run);
                System.out.printf(
                        "round %d  %-24s %,8.0f rows in %6.2f s  %,8.0f rows/s%n",
                        round,
                        contestant.name(),
                        run.details().get("rows"),
                        run.details().get("seconds"),
                        run.value());
            }
            Collections.rotate(order, -1); // each round has another first one and other neighbours
        }
        return List.copyOf(series.values());
    }

    private Run run(Contestant contestant, int rows) throws Exception {
        try (Database database = filled(contestant, rows)) {
            long callsBefore = stub.calls();
            CompletableFuture<Cost> begun = new CompletableFuture<>();
            CompletableFuture<Long> firstSecond = new CompletableFuture<>();
            CompletableFuture<Cost> ended = new CompletableFuture<>();
            CompletableFuture<Program> started = new CompletableFuture<>();
            Map<String, Runnable> awaited = Map.of(
                    contestant.begins(),
                    () -> {
                        begun.complete(cost(started.join()));
                        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                                .execute(() -> firstSecond.complete(stub.calls() - callsBefore));
                    },
                    Words.ENDS,
                    () -> ended.complete(cost(started.join())));
            try (Program program = contestant.start().program(database, stub, rows, awaited)) {
                started.complete(program);
                awaitBegin(program, begun);
                Cost end = contestant.settled().isEmpty()
                        ? ended.get(LIMIT_NANOS, TimeUnit.NANOSECONDS)
                        : awaitSettled(contestant, database, program, rows);
                long peak = ProcessFigures.peakMegabytes(program.pid());
                check(contestant, rows, stub.calls() - callsBefore);
                return run(rows, begun.join(), end, peak, firstSecond.join());
            }
        }
    }

    private Cost cost(Program program) {
        return Cost.now(program.pid(), machine, stub);
    }

    private Database filled(Contestant contestant, int rows) throws SQLException {
        String name = "alohub_bench_run";
        Database database = switch (contestant.schema()) {
            case Schema.Migrated daemons -> Database.copy(postgres, name, migrated);
            case Schema.Sql(String create) -> {
                Database empty = Database.create(postgres, name);
                empty.execute(create);
                yield empty;
            }
        };
        database.execute(contestant.fill().replace("ROWS", String.valueOf(rows)));
        database.execute("VACUUM ANALYZE"); // what autovacuum would have done in a system that has run for a while
        database.execute("CHECKPOINT");
        return database;
    }

    private static void awaitBegin(Program program, CompletableFuture<Cost> begun) throws InterruptedException {
        long limit = System.nanoTime() + START_LIMIT_NANOS;
        while (!begun.isDone()) {
            lookAfter(program, limit);
        }
    }

    private static void lookAfter(Program program, long limit) throws InterruptedException {
        if (!program.isAlive() || System.nanoTime() - limit > 0) {
            throw new IllegalStateException("It ended, or did not begin or end in time:\n" + program.output());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private Cost awaitSettled(Contestant contestant, Database database, Program program, int rows) throws Exception {
        long limit = System.nanoTime() + LIMIT_NANOS;
        String settled = contestant.settled().replace("ROWS", String.valueOf(rows));
        try (Connection connection = database.connect();
                Statement look = connection.createStatement()) {
            // Looking costs PostgreSQL a little each time: what is left is looked for by an index,
            // and what is done counted when nothing is left. Nothing is compiled: a scan without an
            // index costs so much on paper that PostgreSQL would compile each look at one.
            look.execute("SET enable_seqscan = off; SET jit = off");
            while (Database.one(connection, contestant.left()).equals("t")) {
                lookAfter(program, limit);
            }
            while (Long.parseLong(Database.one(connection, settled)) < rows) {
                lookAfter(program, limit);
            }
        }
        return cost(program);
    }

    private static void check(Contestant contestant, int rows, long calls) {
        if (contestant.calls() && calls != rows) {
            System.out.printf("%s: %d calls for %d rows%n", contestant.name(), calls, rows);
        }
    }

    private static Run run(int rows, Cost begin, Cost end, long peak, long firstSecond) {
        double seconds = end.secondsSince(begin);
        double thousands = rows / 1000.0;
        Map<String, Double> details = new LinkedHashMap<>();
        details.put("rows", (double) rows);
        details.put("seconds", seconds);
        details.put("rowsPerSecondAfterTheFirst", (rows - firstSecond) / (seconds - 1));
        details.put("cpuSecondsPer1000", (end.program() - begin.program()) / thousands);
        details.put("postgresCpuSecondsPer1000", (end.postgres() - begin.postgres()) / thousands);
        details.put("stubCpuSecondsPer1000", (end.stub() - begin.stub()) / thousands);
        details.put("cpuSecondsBefore", begin.program());
        details.put("peakMegabytes", (double) peak);
        return new Run(rows / seconds, details);
    }
}
