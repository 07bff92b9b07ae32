package io.alohubsync.operate;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connections on which people read and act: a pool beside the loops', so that no loop waits for
 * people, and people for no loop. It is opened with the first reader; its connections are closed
 * while there are none. Used by any thread; the lock guards the pool.
 */
final class PeoplePool implements AutoCloseable {

    static final int MOST = 4;

    private static final Duration SHORTER = Duration.ofMillis(300);
    private static final Duration KEPT_IDLE = Duration.ofSeconds(30);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

    /**
     * Run after what the loops' connections are set to. Plans are not pinned here, since a group or
     * a search may need any join; only that no large table is read from end to end stays. A
     * statement that only reads begins no transaction.
     */
    private static final String LIMITS = "SET application_name = 'alohub-sync console'; SET lock_timeout = 1000;"
            + " RESET plan_cache_mode; RESET enable_bitmapscan; RESET enable_hashjoin; RESET enable_mergejoin;"
            + " SET default_transaction_read_only = on";

    private final AgroalDataSource loops;
    private final Duration patience;
    private @Nullable AgroalDataSource own;
    private boolean closed;

    /**
     * @param patience a connection is waited for a little less, and a statement may last so long
     */
    PeoplePool(AgroalDataSource loops, Duration patience) {
        this.loops = loops;
        this.patience = patience;
    }

    /** @throws SQLException there is none in time */
    Connection connection() throws SQLException {
        return pool().getConnection();
    }

    private synchronized AgroalDataSource pool() throws SQLException {
        if (closed) {
            throw new SQLException("the pool is closed", "08003");
        }
        if (own == null) {
            own = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(new AgroalConnectionPoolConfigurationSupplier()
                            .maxSize(MOST)
                            .acquisitionTimeout(patience.minus(SHORTER))
                            .reapTimeout(KEPT_IDLE)
                            .maxLifetime(MAX_LIFETIME)
                            .exceptionSorter(poolOfLoops().exceptionSorter())
                            .connectionFactoryConfiguration(factory())));
        }
        return own;
    }

    private AgroalConnectionPoolConfiguration poolOfLoops() {
        return loops.getConfiguration().connectionPoolConfiguration();
    }

    private AgroalConnectionFactoryConfigurationSupplier factory() {
        var ofLoops = poolOfLoops().connectionFactoryConfiguration();
        String initial = ofLoops.initialSql();
        String limits = LIMITS + "; SET statement_timeout = " + patience.toMillis();
        return new AgroalConnectionFactoryConfigurationSupplier(ofLoops)
                .initialSql(initial == null || initial.isBlank() ? limits : initial + "; " + limits);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (own != null) {
            own.close();
        }
    }
}
