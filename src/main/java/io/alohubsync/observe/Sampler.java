package io.alohubsync.observe;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures in the background, so that no page and no scrape does. Each method is a job of
 * the schedule. Under the lock one of them runs at a time, so together they take one connection;
 * the lock guards the state too.
 */
public final class Sampler {

    static final int CAP = 100_000;
    private static final Duration IDLE_PAUSE = Duration.ofSeconds(5);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(60);
    private static final int SHARE = 50; // a fiftieth of one connection's time at most

    private static final int FOLD_ROWS = 10_000; // at a time
    private static final int MAX_FOLDS = 20;

    private static final Sql FOLD = Sql.named("observe/fold-status-counts");
    private static final Sql BY_STATUS = Sql.named("observe/read-status-counts");
    private static final Sql DUE = Sql.named("observe/count-due");
    private static final int NEWEST_ROWS = 5_000; // of which sources are judged
    private static final int FEW = 5; // fewer rejected rows of a source are mistyped phones
    private static final Sql REJECTED_SOURCES = Sql.named("observe/find-rejected-sources");
    private static final Sql NEW_ROWS = Sql.named("observe/count-new-rows");

    private final DataSource database;
    private final Metrics metrics;
    private final LongSupplier nanoTime;
    private @Nullable Figures sampled;
    private long notBefore;

    public Sampler(DataSource database, Metrics metrics, LongSupplier nanoTime) {
        this.database = database;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.notBefore = nanoTime.getAsLong();
    }

    /**
     * Counts, unless it is too early. A count that takes long is made less often, and so is one
     * that finds no change.
     */
    public synchronized void figures() throws SQLException {
        long begun = nanoTime.getAsLong();
        if (begun - notBefore < 0) {
            return;
        }
        for (int i = 0; i < MAX_FOLDS && Transaction.run(database, Sampler::fold) >= FOLD_ROWS; i++) {}
        Figures figures = Transaction.run(database, Sampler::sample);
        Duration idle = figures.equals(sampled) ? IDLE_PAUSE : Duration.ZERO;
        sampled = figures;
        metrics.sampled(figures);
        long share = Math.min(MAX_PAUSE.toNanos(), SHARE * (nanoTime.getAsLong() - begun));
        notBefore = begun + Math.max(idle.toNanos(), share);
    }

    public synchronized void oldestTransaction() throws SQLException {
        metrics.oldestTransaction(Transaction.run(database, Upkeep::oldestTransactionSeconds));
    }

    public synchronized void storage() throws SQLException {
        metrics.storage(Transaction.run(database, Upkeep::storageBytes));
    }

    private static int fold(Connection connection) throws SQLException {
        return FOLD.on(connection).query(row -> {
            row.next();
            return row.getInt(1);
        });
    }

    private static Figures sample(Connection connection) throws SQLException {
        Map<String, Map<String, Long>> customers = BY_STATUS.on(connection).query(Sampler::byStatus);
        Map<String, Figures.OfAccount> accounts = new TreeMap<>();
        customers.forEach((account, byStatus) -> accounts.put(account, new Figures.OfAccount(byStatus, 0, 0)));
        accounts.putAll(DUE.on(connection).query(row -> due(row, customers)));
        Map<String, Long> rejected = REJECTED_SOURCES
                .on(connection)
                .set("looks", NEWEST_ROWS)
                .set("few", FEW)
                .query(Sampler::bySource);
        return NEW_ROWS.on(connection).query(row -> {
            row.next();
            return new Figures(accounts, row.getLong(1), rejected);
        });
    }

    private static Map<String, Long> bySource(ResultSet row) throws SQLException {
        Map<String, Long> sources = new TreeMap<>();
        while (row.next()) {
            sources.merge(Rejections.name(row.getString(1)), row.getLong(2), Long::sum);
        }
        return sources;
    }

    private static Map<String, Figures.OfAccount> due(ResultSet row, Map<String, Map<String, Long>> customers)
            throws SQLException {
        Map<String, Figures.OfAccount> accounts = new TreeMap<>();
        while (row.next()) {
            Map<String, Long> byStatus = customers.getOrDefault(row.getString(1), Map.of());
            accounts.put(
                    row.getString(1), new Figures.OfAccount(byStatus, row.getLong(2), Math.max(0, row.getDouble(3))));
        }
        return accounts;
    }

    private static Map<String, Map<String, Long>> byStatus(ResultSet row) throws SQLException {
        Map<String, Map<String, Long>> customers = new TreeMap<>();
        while (row.next()) {
            customers
                    .computeIfAbsent(row.getString(1), account -> new TreeMap<>())
                    .put(row.getString(2), row.getLong(3));
        }
        return customers;
    }
}
