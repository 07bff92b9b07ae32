package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.Settlement;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import io.alohubsync.merge.OutboxMerge;
import io.alohubsync.merge.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a drain reads while the database has no statistics: autovacuum takes the first ones a minute
 * or more after many rows have come. The plans of an empty database do not show it, since they
 * change with the size of the tables, nor do those of statements that a function runs.
 */
class ReadsOfTablesIT {

    private static final int CUSTOMERS = 20_000;
    private static final int BATCH = 500;

    private final HotPath path = new HotPath();

    @Test
    void no_statement_of_a_drain_reads_a_large_table_from_end_to_end() throws SQLException {
        path.database.execute("ALTER TABLE alohub.customer_outbox SET (autovacuum_enabled = false);"
                + " ALTER TABLE alohub.customer SET (autovacuum_enabled = false);"
                + " ALTER TABLE alohub.due SET (autovacuum_enabled = false);"
                + " INSERT INTO alohub.customer_outbox (phone, name) SELECT '09' || 10000000 + i, 'Khách ' || i"
                + " FROM generate_series(1, " + CUSTOMERS + ") i");
        try (AgroalDataSource pool = path.database.daemonPool()) {
            OutboxMerge merge = new OutboxMerge(
                    pool,
                    new RowReader(new PhoneNormalizer(PhoneRules.standard())),
                    new Unregistered(),
                    false,
                    System::nanoTime);
            while (merge.mergeBatch(BATCH, Map.of()).rows() > 0) {}
            deliver(pool);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_stat_force_next_flush()");
            }
        }
        assertEquals(
                String.valueOf(CUSTOMERS),
                path.database.one("SELECT count(*) FROM alohub.customer WHERE delivered_revision = 1"));
        assertEquals(
                null,
                path.database.one("SELECT string_agg(relname || ' ' || seq_tup_read, ', ') FROM pg_stat_user_tables"
                        + " WHERE schemaname = 'alohub' AND seq_tup_read > " + CUSTOMERS));
    }

    private static void deliver(AgroalDataSource pool) throws SQLException {
        LowWaterMark mark = new LowWaterMark(System::nanoTime);
        LeaseRequest request = new LeaseRequest("default", HotPath.KEY, BATCH, HotPath.LEASE);
        for (List<Claimed> claimed = claim(pool, request, mark); !claimed.isEmpty(); ) {
            List<Settlement> settlements =
                    claimed.stream().map(HotPath::accepted).toList();
            Transaction.run(
                            pool,
                            connection -> SettleSql.write(
                                    connection,
                                    settlements,
                                    Collections.nCopies(settlements.size(), Duration.ofMillis(5)),
                                    false))
                    .committed();
            claimed = claim(pool, request, mark);
        }
    }

    private static List<Claimed> claim(AgroalDataSource pool, LeaseRequest request, LowWaterMark mark)
            throws SQLException {
        return Transaction.run(
                pool, connection -> ClaimSql.claim(connection, request, mark).customers());
    }
}
