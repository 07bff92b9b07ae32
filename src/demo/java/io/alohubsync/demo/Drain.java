package io.alohubsync.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures a drain on this machine: so many distinct customers, from new rows to settled
 * deliveries, against a simulated Alohub without latency in a process of its own. PostgreSQL syncs
 * to disk. Linux only: it reads /proc.
 */
public final class Drain {

    private static final String JVM = System.getProperty("daemon.jvm", "@docker/jvm.options");
    private static final int TO_WRITE_A_CACHE = 120;

    private Drain() {}

    /**
     * {@code Drain [customers] [file]}: with a file, the daemon's JVM writes its AOT cache there
     * when it has drained them.
     */
    public static void main(String... arguments) throws Exception {
        int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        Optional<String> cache = Stream.of(arguments).skip(1).findFirst();
        inNewFolder(folder -> measure(folder.resolve("postgres"), customers, cache));
    }

    interface Work {
        void in(Path folder) throws Exception;
    }

    static void inNewFolder(Work work) throws Exception {
        Path folder = Files.createTempDirectory("alohub-drain");
        try {
            work.in(folder);
        } finally {
            LocalPostgres.delete(folder);
        }
    }

    private static void measure(Path data, int customers, Optional<String> cache) throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(Optional.of(data));
                Stub stub = Stub.start(Duration.ZERO)) {
            System.out.println("stub: " + stub);
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(postgres.url());
            database.setPassword(postgres.password());
            if (cache.isPresent()) {
                migrate(postgres, stub.url());
            } else {
                migrateAndTimeTheStart(postgres, stub.url());
            }
            drain(daemon(postgres, stub.url(), options(cache)), database, data, customers);
        }
    }

    /** @param cache its path may have blanks */
    static String[] options(Optional<String> cache) {
        return Stream.concat(Stream.of(JVM.split(" ")), cache.stream().map(file -> "-XX:AOTCacheOutput=" + file))
                .toArray(String[]::new);
    }

    private static Daemon.Builder daemon(LocalPostgres postgres, String url, String... jvm) {
        return Daemon.builder()
                .database(postgres, postgres.url())
                .alohub(url, Simulator.KEY)
                .jvm(jvm);
    }

    private static void migrate(LocalPostgres postgres, String url) throws Exception {
        try (Daemon command = daemon(postgres, url, options(Optional.empty()))
                .arguments("migrate")
                .start()) {
            if (command.awaitExit(60) != 0) {
                throw new IllegalStateException("It does not migrate:\n" + String.join("\n", command.output()));
            }
        }
    }

    private static void migrateAndTimeTheStart(LocalPostgres postgres, String url) throws Exception {
        for (boolean migrated : new boolean[] {false, true}) {
            long begun = System.nanoTime();
            try (Daemon daemon =
                    daemon(postgres, url, options(Optional.empty())).start().awaitReady()) {
                if (migrated) {
                    System.out.printf(
                            "start to ready, database up and migrated: %.2f s%n", (System.nanoTime() - begun) / 1e9);
                }
                daemon.terminate();
                daemon.awaitExit(30);
            }
        }
    }

    private static void drain(Daemon.Builder builder, PGSimpleDataSource database, Path data, int customers)
            throws Exception {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        execute(
                database,
                "INSERT INTO alohub.customer_outbox (phone, name, email) SELECT '09' || lpad((10000000 + i)::text, 8, '0'),"
                        + " 'Khách hàng ' || i, 'kh' || i || '@example.vn' FROM generate_series(1, " + customers
                        + ") i");
        execute(database, "CHECKPOINT");
        double postgresBefore = ProcessFigures.cpuOfTree(postmaster);
        try (Daemon daemon = builder.start().awaitReady()) {
            long begun = System.nanoTime();
            while (delivered(database) < customers) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double thousands = customers / 1000.0;
            System.out.printf("drain of %d customers: %.2f s, %.0f rows/s%n", customers, seconds, customers / seconds);
            System.out.printf(
                    "CPU per 1,000 rows: daemon %.3f s (its start included)",
                    ProcessFigures.cpu(daemon.pid()) / thousands);
            System.out.printf(
                    ", PostgreSQL %.3f s%n", (ProcessFigures.cpuOfTree(postmaster) - postgresBefore) / thousands);
            System.out.printf("peak RSS of the daemon: %d MB (%s)%n", ProcessFigures.peakMegabytes(daemon.pid()), JVM);
            daemon.terminate();
            daemon.awaitExit(TO_WRITE_A_CACHE);
        }
    }

    private static long delivered(PGSimpleDataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                // Cheap enough not to disturb: what is left, not what is done.
                ResultSet row = statement.executeQuery(
                        "SELECT CASE WHEN EXISTS (SELECT FROM alohub.due) OR EXISTS (SELECT FROM alohub.merge_lease)"
                                + " OR EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL) THEN 0"
                                + " ELSE (SELECT count(*) FROM alohub.customer WHERE delivered_revision > 0) END")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
