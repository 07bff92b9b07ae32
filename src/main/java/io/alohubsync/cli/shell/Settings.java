package io.alohubsync.cli.shell;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.DatabaseAddress;
import io.alohubsync.schema.ServerCheck;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The daemon's own settings, from the same environment and files, and the connection that a command
 * works on. One thread uses it.
 */
public final class Settings {

    private static final String DATASOURCE = "quarkus.datasource.";
    private static final String DRIVER = DATASOURCE + "jdbc.additional-jdbc-properties.";

    /**
     * Added to the settings of the daemon's connections: limits for a person who waits and for
     * sources, and no parallel workers.
     */
    private static final String LIMITS = "SET statement_timeout = '30s'; SET lock_timeout = '2s'; SET TimeZone = 'UTC';"
            + " SET max_parallel_workers_per_gather = 0";

    private @Nullable Config config;

    public Settings() {}

    public Settings(Config config) {
        this.config = config;
    }

    /** Read when they are needed: help and a misspelt word need none. */
    public Config config() {
        Config known = config;
        if (known == null) {
            known = ConfigProvider.getConfig();
            config = known;
        }
        return known;
    }

    /** @throws RuntimeException a value is of the wrong kind */
    public AlohubSettings alohub() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .addDiscoveredConverters()
                .withMapping(AlohubSettings.class)
                .withValidateUnknown(false);
        config().getConfigSources().forEach(builder::withSources);
        SmallRyeConfig all = builder.build();
        return all.getConfigMapping(AlohubSettings.class);
    }

    /** @return what is wrong with the address of the database, as a sentence with the remedy */
    public Optional<String> problemOfAddress() {
        return value("jdbc.url").map(DatabaseAddress::problemOf).orElse(Optional.of(DatabaseAddress.MISSING));
    }

    /**
     * What the datasource's settings give the driver beside the address, such as the files of TLS.
     */
    private Properties ofDriver() {
        Properties properties = new Properties();
        for (String name : config().getPropertyNames()) {
            if (name.startsWith(DRIVER)) {
                config().getOptionalValue(name, String.class)
                        .ifPresent(value -> properties.setProperty(
                                name.substring(DRIVER.length()).replace("\"", ""), value));
            }
        }
        return properties;
    }

    /** Connections without any setting made. */
    public ServerCheck.Connections plain() {
        Properties properties = ofDriver();
        properties.setProperty("ApplicationName", "alohub-sync command");
        properties.putIfAbsent("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60"); // a command may ask more than the daemon
        return ServerCheck.to(
                value("jdbc.url").orElse(""), user(), value("password").orElse(null), properties);
    }

    @Nullable
    public String user() {
        return value("username").orElse(null);
    }

    /** For migrations, by the datasource's settings alone. */
    public FluentConfiguration flyway() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(value("jdbc.url").orElse(""));
        if (user() != null) { // else the address may name one
            database.setUser(user());
        }
        value("password").ifPresent(database::setPassword);
        try {
            for (Map.Entry<Object, Object> property : ofDriver().entrySet()) {
                database.setProperty(
                        property.getKey().toString(), property.getValue().toString());
            }
        } catch (SQLException unknown) {
            throw new IllegalArgumentException(unknown);
        }
        database.setSocketTimeout(0); // a migration may have a large table to read
        return Flyway.configure().dataSource(database).schemas("alohub").defaultSchema("alohub");
    }

    /** @throws Failure no address is set, or no driver takes it */
    public Connection connect(boolean readOnly) throws Failure, SQLException {
        Optional<String> problem = problemOfAddress();
        if (problem.isPresent()) {
            throw new Failure(ExitCode.FAILED, problem.get());
        }
        Connection connection = plain().open();
        try (Statement statement = connection.createStatement()) {
            String daemons = value("jdbc.new-connection-sql").orElse("");
            statement.execute((daemons.isEmpty() ? "" : daemons + "; ")
                    + LIMITS
                    + (readOnly ? "; SET default_transaction_read_only = on" : ""));
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    public Optional<String> value(String name) {
        return config().getOptionalValue(DATASOURCE + name, String.class).filter(value -> !value.isBlank());
    }
}
