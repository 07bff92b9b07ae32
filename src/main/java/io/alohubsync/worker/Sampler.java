package io.alohubsync.worker;

import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the figures in the background, so that no page and no scrape does. The longer it takes, the more seldom it is done. */
final class Sampler {

    static final int CAP = 100_000;
    private static final long MIN_PAUSE_MILLIS = 2000;
    private static final long IDLE_PAUSE_MILLIS = 5000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long REGISTER_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long TRANSACTIONS_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STORAGE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int SHARE = 50; // a fiftieth of one connection's time at most

    private static final int FOLD_ROWS = 10_000; // at a time
    private static final int MAX_FOLDS = 20;

    private static final String FOLD = "SELECT alohub.fold_status_counts()";

    private static final String BY_STATUS = "SELECT account, status, customers FROM alohub.status_counts";

    // Each account and priority is a range of the index of its own, found by a skip scan.
    private static final String DUE = """
            WITH RECURSIVE level AS (
              (SELECT account, priority FROM alohub.due ORDER BY account, priority LIMIT 1)
              UNION ALL
              SELECT next.account, next.priority FROM level l CROSS JOIN LATERAL (
                SELECT d.account, d.priority FROM alohub.due d WHERE (d.account, d.priority) > (l.account, l.priority)
                ORDER BY d.account, d.priority LIMIT 1) next)
            SELECT l.account, least(100000, sum(ready.n)),
                   coalesce(max(extract(epoch FROM clock_timestamp() - ready.oldest)), 0)
            FROM level l CROSS JOIN LATERAL (
              SELECT count(*) AS n, min(d.due_at) AS oldest FROM (
                SELECT due_at FROM alohub.due
                WHERE account = l.account AND priority = l.priority AND due_at <= (SELECT clock_timestamp())
                  AND (lease_until IS NULL OR lease_until <= (SELECT clock_timestamp()))
                ORDER BY due_at LIMIT 100000) d) ready
            GROUP BY l.account""";

    private static final String NEW_ROWS =
            "SELECT count(*) FROM (SELECT FROM alohub.customer_outbox WHERE fate IS NULL LIMIT 100000) n";

    private final DataSource database;
    private final Metrics metrics;
    private final Journal journal;
    private final Registering registering;
    private @Nullable Figures sampled;
    private long toldAt = System.nanoTime();
    private long registeredAt = System.nanoTime();
    private long transactionsAt = System.nanoTime() - TRANSACTIONS_NANOS;
    private long storageAt = System.nanoTime() - STORAGE_NANOS;
    private Upkeep upkeep = Upkeep.UNKNOWN;

    @FunctionalInterface
    interface Registering {
        void register() throws SQLException;
    }

    /** @param registering says by and by that this replica serves its accounts */
    Sampler(DataSource database, Metrics metrics, Journal journal, Registering registering) {
        this.database = database;
        this.metrics = metrics;
        this.journal = journal;
        this.registering = registering;
    }

    void round() throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; i < MAX_FOLDS && Transaction.run(database, Sampler::fold) >= FOLD_ROWS; i++) {}
        Figures figures = Transaction.run(database, Sampler::sample);
        boolean idle = figures.equals(sampled);
        sampled = figures;
        metrics.sampled(figures);
        if (System.nanoTime() - toldAt > TELL_NANOS) {
            toldAt = System.nanoTime();
            journal.tell();
        }
        if (System.nanoTime() - registeredAt > REGISTER_NANOS) {
            registeredAt = System.nanoTime();
            registering.register();
        }
        lookAfter(begun);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        TimeUnit.MILLISECONDS.sleep(
                Math.min(60_000, Math.max(idle ? IDLE_PAUSE_MILLIS : MIN_PAUSE_MILLIS, SHARE * took)));
    }

    private void lookAfter(long now) throws SQLException {
        Upkeep before = upkeep;
        if (now - transactionsAt >= TRANSACTIONS_NANOS) {
            transactionsAt = now;
            upkeep = Transaction.run(database, upkeep::withTransactions);
        }
        if (now - storageAt >= STORAGE_NANOS) {
            storageAt = now;
            upkeep = Transaction.run(database, upkeep::withStorage);
        }
        if (upkeep != before) {
            metrics.upkeep(upkeep);
        }
    }

    private static int fold(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FOLD)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Figures sample(Connection connection) throws SQLException {
        Map<String, Map<String, Long>> customers = new TreeMap<>();
        Map<String, Figures.OfAccount> accounts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(BY_STATUS)) {
                while (row.next()) {
                    customers
                            .computeIfAbsent(row.getString(1), account -> new TreeMap<>())
                            .put(row.getString(2), row.getLong(3));
                }
            }
            customers.forEach((account, byStatus) -> accounts.put(account, new Figures.OfAccount(byStatus, 0, 0)));
            try (ResultSet row = statement.executeQuery(DUE)) {
                while (row.next()) {
                    Map<String, Long> byStatus = customers.getOrDefault(row.getString(1), Map.of());
                    accounts.put(
                            row.getString(1),
                            new Figures.OfAccount(byStatus, row.getLong(2), Math.max(0, row.getDouble(3))));
                }
            }
            try (ResultSet row = statement.executeQuery(NEW_ROWS)) {
                row.next();
                return new Figures(accounts, row.getLong(1));
            }
        }
    }
}
