package io.alohubsync.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The connection pool that the daemon uses too. */
public final class Pool {

    private Pool() {}

    /**
     * With a connection made: that belongs to a program's start.
     *
     * @param eachConnection SQL that a new connection begins with; empty: none
     */
    public static DataSource of(String url, String user, String password, int size, String eachConnection)
            throws SQLException {
        AgroalDataSource pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(sizes -> sizes.maxSize(size)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(connections -> connections
                                .jdbcUrl(url)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password))
                                .initialSql(eachConnection))));
        pool.getConnection().close();
        return pool;
    }
}
