package io.alohubsync.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

class SettingsTest {

    private static PGSimpleDataSource migrating(String url) {
        Map<String, String> settings = Map.of(
                "quarkus.datasource.jdbc.url",
                url,
                "quarkus.datasource.jdbc.additional-jdbc-properties.sslmode",
                "verify-full",
                "quarkus.datasource.jdbc.additional-jdbc-properties.\"sslrootcert\"",
                "/run/ca.pem");
        return (PGSimpleDataSource) new Settings(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build())
                .flyway()
                .getDataSource();
    }

    @Test
    void a_migration_connects_with_the_properties_that_the_daemons_driver_gets() throws SQLException {
        PGSimpleDataSource database = migrating("jdbc:postgresql://a,b:5433/erp?user=owner&targetServerType=primary");
        assertEquals("verify-full", database.getSslmode());
        assertEquals("/run/ca.pem", database.getProperty(PGProperty.SSL_ROOT_CERT));
        assertEquals("owner", database.getUser());
        assertEquals("primary", database.getTargetServerType());
    }
}
