package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.Stub;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The drain while no page of the console is open and while fifty are, in turns, among many old
 * customers; and how long each page takes.
 */
final class OpenPages {

    private static final int AT_A_TIME = 1_000_000;
    private static final int VIEWERS = 50;
    private static final int WARM_UP = 30;
    private static final int WARM_UP_OF_REFRESHES = 300;
    private static final int EACH = 40;
    private static final String FILL = """
            WITH c AS (
              INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, wanted_revision, delivered_revision, delivered_at)
              SELECT 'default', '+84' || (700000000 + i), 'Khách hàng ' || i, i, 1, 1, 1, now() - interval '1 day'
              FROM generate_series(FROM, TO) i RETURNING id, phone, name)
            INSERT INTO alohub.customer_outbox (phone, name, merge_status, customer_id, revision, carries_name, carries_email, merged_at, source)
            SELECT phone, name, 'MERGED', id, 1, true, false, now() - interval '1 day', 'erp' FROM c""";
    private static final String DEAD = """
            WITH c AS (
              UPDATE alohub.customer SET wanted_revision = 2, last_outcome = 'REFUSED', http_status = 400 + id % 5
              WHERE id % 40 = 0 RETURNING id, account)
            INSERT INTO alohub.due (customer_id, account, wanted_revision, attempts, dead, due_at) SELECT id, account, 2, 1, true, 'infinity' FROM c""";
    private static final String WAITING = """
            WITH c AS (
              UPDATE alohub.customer SET wanted_revision = 2, attempts = 1, last_outcome = 'FAILED', http_status = 503
              WHERE id % 10 = 1 RETURNING id, account)
            INSERT INTO alohub.due (customer_id, account, wanted_revision, attempts, due_at)
            SELECT id, account, 2, 1, now() + interval '1 day' + id * interval '1 ms' FROM c""";
    private static final String REJECTED = """
            INSERT INTO alohub.customer_outbox (phone, name, merge_status, reasons, merged_at, source)
            SELECT 'không có ' || i, 'Khách hàng ' || i, 'REJECTED', ARRAY['phone.letters'], now() - interval '1 hour', 'erp' || i % 3
            FROM generate_series(1, ROWS) i""";
    private static final String NEW_ROWS =
            "INSERT INTO alohub.customer_outbox (phone, name, email) SELECT '09' || (10000000 + i),"
                    + " 'Khách hàng ' || i, 'kh' || i || '@example.vn' FROM generate_series(FROM, TO) i";
    private static final String LEFT = "SELECT (EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL)"
            + " OR EXISTS (SELECT FROM alohub.due WHERE NOT dead AND due_at < now() + interval '1 hour') OR EXISTS (SELECT FROM alohub.merge_lease))::int";

    private final Database database;
    private final Machine machine;
    private final Stub stub;
    private final int rows;
    private int first = 1;

    private OpenPages(Database database, Machine machine, Stub stub, int rows) {
        this.database = database;
        this.machine = machine;
        this.stub = stub;
        this.rows = rows;
    }

    /**
     * @param alohub    what it is like, in the title
     * @param rows      that are drained in each run
     * @param customers that are there before
     */
    static Report run(
            LocalPostgres postgres,
            Machine machine,
            Stub stub,
            Database migrated,
            String alohub,
            int rows,
            int customers,
            int rounds)
            throws Exception {
        Series closed = Series.of(
                "no page is open", String.format("%,d customers, one in 40 dead, one in 10 due in a day", customers));
        Series open = Series.of(
                VIEWERS + " pages are open", "the overview and the problems, which refresh themselves every 5 s");
        Series used = Series.of(VIEWERS + " people work", "the same, and each of them opens another page every 20 s");
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated)) {
            fill(database, customers);
            OpenPages runs = new OpenPages(database, machine, stub, rows);
            runs.one(0, false); // the first in a new database: does not count
            for (int round = 1; round <= rounds; round++) {
                closed.runs().add(runs.one(0, false));
                open.runs().add(runs.one(VIEWERS, false));
                used.runs().add(runs.one(VIEWERS, true));
                System.out.printf(
                        "round %d  %s%n         %s%n         %s%n",
                        round,
                        closed.runs().getLast(),
                        open.runs().getLast(),
                        used.runs().getLast());
            }
        }
        return Report.of(
                alohub.isEmpty() ? "console" : "console-latency",
                String.format(
                        "Drain of %,d customers among %,d old ones%s, and the console's pages",
                        rows, customers, alohub),
                "rows/s",
                List.of(closed, open, used));
    }

    private static void fill(Database database, int customers) throws SQLException {
        long begun = System.nanoTime();
        for (long from = 1; from <= customers; from += AT_A_TIME) {
            long to = Math.min(customers, from + AT_A_TIME - 1);
            database.execute(FILL.replace("FROM,", from + ",").replace("TO)", to + ")"));
        }
        database.execute(DEAD);
        database.execute(WAITING);
        database.execute(REJECTED.replace("ROWS", String.valueOf(customers / 100)));
        database.execute("VACUUM ANALYZE");
        System.out.printf("filled in %.0f s%n", (System.nanoTime() - begun) / 1e9);
    }

    private Run one(int viewers, boolean working) throws Exception {
        Map<String, String> environment = new HashMap<>(Contestants.daemonEnvironment(database, stub.url()));
        environment.put("ALOHUB_CONSOLE_PROXY_NETWORKS", "127.0.0.1");
        environment.put("ALOHUB_CONSOLE_ENCRYPTION_KEY", UUID.randomUUID().toString());
        Map<String, Double> details = new LinkedHashMap<>();
        database.execute("CHECKPOINT");
        try (Observed daemon = Observed.daemon(database, environment)) {
            Viewers pages = Viewers.of(daemon.program, database);
            pages.refreshEachInTurn(WARM_UP_OF_REFRESHES);
            pages.openEachInTurn(
                    WARM_UP); // a daemon that has run for a while has compiled them; also where none is looked at
            pages.forget();
            if (viewers == 0) {
                pages.openEachInTurn(EACH);
                pages.millis("").forEach(details::put);
                pages.forget();
            }
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> looking = pages.look(viewers, working, over);
            database.execute(NEW_ROWS.replace("FROM,", first + ",").replace("TO)", first + rows - 1 + ")"));
            first += rows;
            Cost before = Cost.now(daemon.program.pid(), machine, stub);
            double seconds = daemon.secondsUntilNothing(LEFT);
            Cost after = Cost.now(daemon.program.pid(), machine, stub);
            details.put("cpuSecondsPer1000", (after.program() - before.program()) * 1000 / rows);
            details.put("postgresCpuSecondsPer1000", (after.postgres() - before.postgres()) * 1000 / rows);
            over.set(true);
            looking.join();
            details.put("seconds", seconds);
            pages.millis("WhileDraining").forEach(details::put);
            return new Run(rows / seconds, details);
        }
    }
}
