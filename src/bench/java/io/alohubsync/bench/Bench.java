package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.Stub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Measures one scenario and writes what came of it into docs/benchmarks. Linux only: it reads
 * /proc.
 */
public final class Bench {

    private static final Duration LATENCY = Duration.ofMillis(100);

    private final LocalPostgres postgres;
    private final Stub stub;
    private final Machine machine;
    private final Database migrated;

    private Bench(LocalPostgres postgres, Stub stub, Machine machine, Database migrated) {
        this.postgres = postgres;
        this.stub = stub;
        this.machine = machine;
        this.migrated = migrated;
    }

    /** {@code Bench scenario [size] [rounds]}: the script {@code bench} says which there are. */
    public static void main(String... arguments) throws Exception {
        String scenario = arguments[0];
        int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        if (size > SampleCustomer.MOST
                && !scenario.equals("backlog")
                && !scenario.equals("retention")
                && !scenario.startsWith("console")) {
            throw new IllegalArgumentException("at most " + SampleCustomer.MOST + " customers");
        }
        Path data = Files.createTempDirectory("alohub-bench").resolve("postgres");
        try (LocalPostgres postgres = LocalPostgres.start(Optional.of(data));
                Stub stub = Stub.start(scenario.endsWith("latency") ? LATENCY : Duration.ZERO);
                Database migrated = migrated(postgres, stub)) {
            Machine machine = Machine.look(migrated);
            machine.facts().put("stub", stub.toString());
            machine.facts().forEach((name, fact) -> System.out.println(name + ": " + fact));
            Report report = new Bench(postgres, stub, machine, migrated).run(scenario, size, rounds);
            report.print();
            report.write(machine);
        }
    }

    /** @param size 0: the scenario's own */
    private Report run(String scenario, int size, int rounds) throws Exception {
        return switch (scenario) {
            case "drain" -> drain(size == 0 ? 50_000 : size, rounds);
            case "latency" -> latency(size == 0 ? 5_000 : size, rounds);
            case "limits" -> limits(size == 0 ? 50_000 : size, rounds);
            case "single" -> new SingleRow().run(migrated, size == 0 ? 200 : size);
            case "merge" -> Coalescing.run(postgres, machine, stub, migrated, size == 0 ? 1_000_000 : size, rounds);
            case "xmin" -> LongTransaction.run(postgres, stub, migrated, size == 0 ? 60 : size, rounds);
            case "idle" -> Idle.run(postgres, machine, stub, migrated, size == 0 ? 60 : size, rounds);
            case "backlog" -> Backlog.run(postgres, stub, migrated, size == 0 ? 10_000_000 : size, rounds);
            case "retention" -> Retention.run(postgres, stub, migrated, size == 0 ? 10_000_000 : size, rounds);
            case "console" ->
                OpenPages.run(postgres, machine, stub, migrated, "", 100_000, size == 0 ? 1_000_000 : size, rounds);
            case "console-latency" ->
                OpenPages.run(
                        postgres,
                        machine,
                        stub,
                        migrated,
                        ", " + LATENCY.toMillis() + " ms a call",
                        20_000,
                        size == 0 ? 1_000_000 : size,
                        rounds);
            case "replicas" ->
                new Replicas(postgres, machine, stub, migrated)
                        .run("replicas", "no latency", size == 0 ? 200_000 : size, rounds);
            case "replicas-latency" ->
                new Replicas(postgres, machine, stub, migrated)
                        .run("replicas-latency", LATENCY.toMillis() + " ms a call", size == 0 ? 20_000 : size, rounds);
            case "erp" -> new ErpInserts(postgres, machine, stub, migrated).run(size == 0 ? 10 : size, rounds);
            default -> throw new IllegalArgumentException("no such scenario: " + scenario);
        };
    }

    private Report drain(int rows, int rounds) throws Exception {
        return Report.of(
                "drain",
                String.format("Drain of %,d customers to an Alohub without latency", rows),
                "rows/s",
                race().run(Contestants.DRAIN, rows, rounds));
    }

    private Report latency(int rows, int rounds) throws Exception {
        return Report.of(
                "latency",
                String.format("Drain of %,d customers, %d ms a call, 64 at a time", rows, LATENCY.toMillis()),
                "rows/s",
                race().run(Contestants.LATENCY, rows, rounds));
    }

    private Report limits(int rows, int rounds) throws Exception {
        return Report.of(
                "limits",
                String.format("Parts of the daemon by themselves, %,d customers", rows),
                "rows/s",
                race().run(Contestants.LIMITS, rows, rounds));
    }

    private Race race() {
        return new Race(postgres, machine, stub, migrated);
    }

    /** A database that the daemon has migrated and left. */
    private static Database migrated(LocalPostgres postgres, Stub stub) throws Exception {
        Database database = Database.create(postgres, "alohub_bench_migrated");
        CompletableFuture<Void> begun = new CompletableFuture<>();
        try (Program daemon = Contestants.DAEMON
                .start()
                .program(database, stub, 0, Map.of(Contestants.DAEMON.begins(), () -> begun.complete(null)))) {
            begun.completeOnTimeout(null, 2, TimeUnit.MINUTES).join();
            if (!daemon.output().contains(Contestants.DAEMON.begins())) {
                throw new IllegalStateException("The daemon did not begin:\n" + daemon.output());
            }
        }
        return database;
    }
}
