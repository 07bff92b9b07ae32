package io.alohubsync.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The JDBC URL of the database, checked before anything uses it. It may hold a password, so no
 * sentence repeats it.
 */
public final class DatabaseAddress {

    public static final String SETTING = "quarkus.datasource.jdbc.url";

    /** No address is set. */
    public static final String MISSING = SETTING
            + " is missing: set it (or QUARKUS_DATASOURCE_JDBC_URL) to the database, for example"
            + " jdbc:postgresql://db.example.vn:5432/erp.";

    private static final String SCHEME = "jdbc:postgresql:";
    private static final String EXAMPLE = "set it to one like jdbc:postgresql://db.example.vn:5432/erp.";

    /**
     * {@code //user:secret@host}: the driver would read it as a host's name, or print it as a port.
     */
    private static final Pattern USER_INFO = Pattern.compile("^[^?]*@");

    /**
     * The driver prints what it reads as a port, which may be a part of a password, and at each try
     * that a certificate is another host's. Kept: a logger that nothing refers to is collected.
     */
    static final List<Logger> DRIVERS_OWN_WORDS = Stream.of(
                    "org.postgresql.util.PGPropertyUtil", "org.postgresql.ssl.PGjdbcHostnameVerifier")
            .map(Logger::getLogger)
            .toList();

    static {
        DRIVERS_OWN_WORDS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private DatabaseAddress() {}

    /**
     * @return what is wrong with it, as a sentence with the remedy; empty when the PostgreSQL
     *         driver takes it
     */
    public static Optional<String> problemOf(String url) {
        if (USER_INFO.matcher(url).find()) {
            return Optional.of(SETTING
                    + " has a user or a password before the host, which the PostgreSQL driver does not take: set "
                    + "quarkus.datasource.username and quarkus.datasource.password instead, and the address to one like"
                    + " jdbc:postgresql://db.example.vn:5432/erp.");
        }
        if (!url.startsWith(SCHEME)) {
            return Optional.of(SETTING + " does not begin with " + SCHEME + ": " + EXAMPLE);
        }
        return parsed(url)
                .map(DatabaseAddress::wrongChoice)
                .orElse(Optional.of(
                        SETTING + " is no address that the PostgreSQL driver takes (host, port 1 to 65535, database): "
                                + EXAMPLE));
    }

    private static Optional<Properties> parsed(String url) {
        try {
            return Optional.ofNullable(Driver.parseURL(url, new Properties()));
        } catch (RuntimeException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Of a parameter with a fixed set of values, {@code sslmode} for example. */
    private static Optional<String> wrongChoice(Properties parameters) {
        for (PGProperty known : PGProperty.values()) {
            String[] choices = known.getChoices();
            String value = known.getOrNull(parameters);
            if (choices != null && value != null && Arrays.stream(choices).noneMatch(value::equalsIgnoreCase)) {
                return Optional.of(SETTING + " has a value for " + known.getName()
                        + " that the PostgreSQL driver does not take: set it to one of " + String.join(", ", choices)
                        + ".");
            }
        }
        return readOnly(parameters);
    }

    private static Optional<String> readOnly(Properties parameters) {
        if ("true".equalsIgnoreCase(PGProperty.READ_ONLY.getOrDefault(parameters))) {
            return Optional.of(SETTING + " has readOnly=true, and the daemon writes: remove it.");
        }
        String server = PGProperty.TARGET_SERVER_TYPE.getOrDefault(parameters);
        return server != null && server.toLowerCase(Locale.ROOT).matches("secondary|slave")
                ? Optional.of(SETTING + " has targetServerType=" + server
                        + ", which leads to a standby, and the daemon writes: set it to primary.")
                : Optional.empty();
    }
}
