package io.alohubsync.worker;

import io.alohubsync.customer.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Counts in the background, so that no page and no scrape does. The longer a count takes, the more seldom it is made. */
final class Sampler {

    static final int CAP = 100_000;
    private static final long MIN_PAUSE_MILLIS = 2000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SHARE = 50; // a fiftieth of one connection's time at most

    // Customers at rest have no row in due: only the others need a look each.
    private static final String BY_STATUS = """
            SELECT status, count(*) FROM (
              SELECT CASE WHEN lease_until > (SELECT clock_timestamp()) THEN 'SENDING' WHEN hold IS NOT NULL THEN 'HELD' WHEN dead THEN 'DEAD'
                          WHEN attempts > 0 OR lease_token IS NOT NULL THEN 'RETRYING' ELSE 'PENDING' END AS status
              FROM alohub.due) d
            GROUP BY status
            UNION ALL
            SELECT 'DELIVERED', (SELECT count(*) FROM alohub.customer) - (SELECT count(*) FROM alohub.due)""";

    private static final String BACKLOG = """
            WITH RECURSIVE level AS (
              (SELECT account, priority FROM alohub.due ORDER BY account, priority LIMIT 1)
              UNION ALL
              SELECT next.account, next.priority FROM level l CROSS JOIN LATERAL (
                SELECT d.account, d.priority FROM alohub.due d WHERE (d.account, d.priority) > (l.account, l.priority)
                ORDER BY d.account, d.priority LIMIT 1) next)
            SELECT (SELECT count(*) FROM (SELECT FROM alohub.customer_outbox WHERE fate IS NULL LIMIT 100000) n),
                   count(*),
                   coalesce(extract(epoch FROM clock_timestamp() - (
                     SELECT min(oldest.due_at) FROM level l CROSS JOIN LATERAL (
                       SELECT d.due_at FROM alohub.due d WHERE d.account = l.account AND d.priority = l.priority
                         AND d.due_at <= (SELECT clock_timestamp()) ORDER BY d.due_at LIMIT 1) oldest)), 0)
            FROM (SELECT due_at FROM alohub.due
                  WHERE due_at <= (SELECT clock_timestamp()) AND (lease_until IS NULL OR lease_until <= (SELECT clock_timestamp()))
                  LIMIT 100000) d""";

    private final DataSource database;
    private final Metrics metrics;
    private final Journal journal;
    private long toldAt = System.nanoTime();

    Sampler(DataSource database, Metrics metrics, Journal journal) {
        this.database = database;
        this.metrics = metrics;
        this.journal = journal;
    }

    void round() throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        metrics.sampled(Transaction.run(database, Sampler::sample));
        if (System.nanoTime() - toldAt > TELL_NANOS) {
            toldAt = System.nanoTime();
            journal.tell();
        }
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        TimeUnit.MILLISECONDS.sleep(Math.min(60_000, Math.max(MIN_PAUSE_MILLIS, SHARE * took)));
    }

    private static Figures sample(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<String, Long> customers = new TreeMap<>();
            try (ResultSet row = statement.executeQuery(BY_STATUS)) {
                while (row.next()) {
                    customers.put(row.getString(1), row.getLong(2));
                }
            }
            try (ResultSet row = statement.executeQuery(BACKLOG)) {
                row.next();
                return new Figures(customers, row.getLong(1), row.getLong(2), Math.max(0, row.getDouble(3)));
            }
        }
    }
}
