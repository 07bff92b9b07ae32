package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.ProcessFigures;
import io.alohubsync.demo.Stub;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * What the outbox costs those who write into it: clients that commit one row after the other, into
 * tables of different kinds.
 */
final class ErpInserts {

    private static final int CLIENTS = 8;
    private static final long WARM_UP_SECONDS = 1;
    private static final String BARE = """
            CREATE TABLE bare (LIKE alohub.customer_outbox INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id))""";
    private static final String RINGING = BARE + """
            ;
            CREATE FUNCTION ring() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NOTIFY bench; RETURN NULL; END $$;
            CREATE TRIGGER ring AFTER INSERT ON bare FOR EACH STATEMENT EXECUTE FUNCTION ring()""";

    /** @param daemon whether it runs beside the clients */
    private record Table(String label, String what, String name, String create, boolean daemon) {}

    private static final List<Table> TABLES = List.of(
            new Table(
                    "bare table",
                    "the same columns and primary key; the daemon runs, with nothing to do",
                    "bare",
                    BARE,
                    true),
            new Table(
                    "with a NOTIFY trigger",
                    "the bare table with a trigger that notifies at each insert, and somebody who listens; the daemon runs, with nothing to do",
                    "bare",
                    RINGING,
                    true),
            new Table(
                    "outbox, daemon stopped",
                    "alohub.customer_outbox with its index, checks and triggers; nothing is merged",
                    "alohub.customer_outbox",
                    "",
                    false),
            new Table(
                    "outbox, daemon at work",
                    "alohub.customer_outbox while the daemon merges and delivers on the same cores",
                    "alohub.customer_outbox",
                    "",
                    true));

    private final LocalPostgres postgres;
    private final Machine machine;
    private final Stub stub;
    private final Database migrated;

    ErpInserts(LocalPostgres postgres, Machine machine, Stub stub, Database migrated) {
        this.postgres = postgres;
        this.machine = machine;
        this.stub = stub;
        this.migrated = migrated;
    }

    Report run(int seconds, int rounds) throws Exception {
        Map<Table, Series> series = new LinkedHashMap<>();
        TABLES.forEach(table -> series.put(table, Series.of(table.label(), table.what())));
        List<Table> order = new ArrayList<>(TABLES);
        for (int round = 1; round <= rounds; round++) {
            for (Table table : order) {
                Run run = run(table, seconds);
                series.get(table).runs().add(run);
                System.out.printf("round %d  %-24s %,8.0f commits/s%n", round, table.label(), run.value());
            }
            Collections.rotate(order, -1);
        }
        return Report.of(
                "erp",
                CLIENTS + " clients that commit one row after the other for " + seconds + " s",
                "commits/s",
                List.copyOf(series.values()));
    }

    private Run run(Table table, int seconds) throws Exception {
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated)) {
            database.execute(table.create());
            database.execute("CHECKPOINT");
            if (!table.daemon()) {
                return insert(database, table, seconds);
            }
            CompletableFuture<Void> begun = new CompletableFuture<>();
            try (Program daemon = Contestants.DAEMON
                    .start()
                    .program(database, stub, 0, Map.of(Contestants.DAEMON.begins(), () -> begun.complete(null)))) {
                begun.orTimeout(2, TimeUnit.MINUTES).join();
                Run run = insert(database, table, seconds);
                if (!daemon.isAlive()) {
                    throw new IllegalStateException("The daemon ended:\n" + daemon.output());
                }
                return run;
            }
        }
    }

    private Run insert(Database database, Table table, int seconds) throws Exception {
        AtomicLong commits = new AtomicLong();
        AtomicInteger last = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        try (Connection listener = database.connect();
                Statement listen = listener.createStatement()) {
            listen.execute("LISTEN bench");
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.runAsync(
                        () -> client(database, table.name(), last, commits, over),
                        task -> Thread.ofPlatform().start(task)));
            }
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            long before = commits.get();
            long begun = System.nanoTime();
            double cpu = postgresCpu();
            for (long end = begun + TimeUnit.SECONDS.toNanos(seconds); System.nanoTime() - end < 0; ) {
                listener.unwrap(PGConnection.class).getNotifications(100);
            }
            double done = commits.get() - before;
            Run run = new Run(
                    done / ((System.nanoTime() - begun) / 1e9),
                    Map.of("postgresCpuSecondsPer1000", (postgresCpu() - cpu) / (done / 1000)));
            over.set(true);
            clients.forEach(CompletableFuture::join);
            return run;
        }
    }

    private double postgresCpu() throws Exception {
        return machine.postmaster() == 0 ? 0 : ProcessFigures.cpuOfTree(machine.postmaster());
    }

    private static void client(
            Database database, String table, AtomicInteger last, AtomicLong commits, AtomicBoolean over) {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO " + table + " (phone, name, email) VALUES (?, ?, ?)")) {
            while (!over.get()) {
                SampleCustomer customer = SampleCustomer.of(last.incrementAndGet());
                insert.setString(1, customer.phone());
                insert.setString(2, customer.name());
                insert.setString(3, customer.email());
                insert.executeUpdate();
                commits.incrementAndGet();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
