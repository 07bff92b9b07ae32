package io.alohubsync.observe;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the figures in the background, so that no page and no scrape does. The longer it takes, the more seldom it is done. */
public final class Sampler {

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

    private static final Sql FOLD = Sql.named("observe/fold-status-counts");
    private static final Sql BY_STATUS = Sql.named("observe/read-status-counts");
    private static final Sql DUE = Sql.named("observe/count-due");
    private static final Sql NEW_ROWS = Sql.named("observe/count-new-rows");

    private final DataSource database;
    private final Metrics metrics;
    private final ActivityLog activityLog;
    private final Registering registering;
    private @Nullable Figures sampled;
    private long toldAt = System.nanoTime();
    private long registeredAt = System.nanoTime();
    private long transactionsAt = System.nanoTime() - TRANSACTIONS_NANOS;
    private long storageAt = System.nanoTime() - STORAGE_NANOS;
    private Upkeep upkeep = Upkeep.UNKNOWN;

    @FunctionalInterface
    public interface Registering {
        void register() throws SQLException;
    }

    /** @param registering says by and by that this replica serves its accounts */
    public Sampler(DataSource database, Metrics metrics, ActivityLog activityLog, Registering registering) {
        this.database = database;
        this.metrics = metrics;
        this.activityLog = activityLog;
        this.registering = registering;
    }

    public void round() throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; i < MAX_FOLDS && Transaction.run(database, Sampler::fold) >= FOLD_ROWS; i++) {}
        Figures figures = Transaction.run(database, Sampler::sample);
        boolean idle = figures.equals(sampled);
        sampled = figures;
        metrics.sampled(figures);
        if (System.nanoTime() - toldAt > TELL_NANOS) {
            toldAt = System.nanoTime();
            activityLog.write();
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
        return NEW_ROWS.on(connection).query(row -> {
            row.next();
            return new Figures(accounts, row.getLong(1));
        });
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
