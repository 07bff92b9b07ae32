package io.alohubsync.console;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The one connection on which the page reads. It comes from a pool of its own, with the settings of the loops' pool: no loop
 * waits for the page, and the page waits for no loop. It is closed while the page has no readers. The page's thread uses it,
 * the container's thread closes it; the lock guards the pool.
 */
@ApplicationScoped
class PageConnection {

    private static final Duration ACQUISITION = Duration.ofSeconds(2);
    private static final Duration KEPT_IDLE = Duration.ofSeconds(30);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(5);
    private static final int CLIENT_LIMIT_MILLIS =
            3000; // above the server's, which ends a statement and keeps the connection

    /** Behind what the loops' connections are set to. */
    private static final String LIMITS =
            "SET application_name = 'alohub-sync page'; SET statement_timeout = 2000; SET lock_timeout = 1000;"
                    + " SET default_transaction_read_only = on";

    private final AgroalDataSource loops;
    private final SessionFactory sessions;
    private @Nullable AgroalDataSource own; // opened by the page's thread

    PageConnection(AgroalDataSource loops, SessionFactory sessions) {
        this.loops = loops;
        this.sessions = sessions;
    }

    <T> T read(Function<StatelessSession, T> reading) throws SQLException {
        try (Connection connection = pool().getConnection()) {
            connection.setNetworkTimeout(Runnable::run, CLIENT_LIMIT_MILLIS);
            try (StatelessSession session = sessions.openStatelessSession(connection)) {
                return reading.apply(session);
            }
        }
    }

    private synchronized AgroalDataSource pool() throws SQLException {
        if (own == null) {
            own = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(new AgroalConnectionPoolConfigurationSupplier()
                            .maxSize(1)
                            .acquisitionTimeout(ACQUISITION)
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
        return new AgroalConnectionFactoryConfigurationSupplier(ofLoops)
                .initialSql(initial == null || initial.isBlank() ? LIMITS : initial + "; " + LIMITS);
    }

    @PreDestroy
    synchronized void close() {
        if (own != null) {
            own.close();
        }
    }
}
