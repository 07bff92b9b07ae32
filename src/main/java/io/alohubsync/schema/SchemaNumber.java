package io.alohubsync.schema;

import io.alohubsync.jdbc.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Keeps a program from running its files over those of a newer one: repeatable files have no
 * version by which Flyway could see which of two is the newer. As Flyway's callback it looks once
 * more under Flyway's lock, before each file.
 */
public final class SchemaNumber implements Callback {

    private static final String FILE = "/db/migration/R__0_number.sql";
    private static final Pattern NUMBER = Pattern.compile("AS 'SELECT ([0-9]+)'");

    private static final Sql READ = Sql.named("schema/read-number");

    /** Of this program. */
    public static final int OURS = ours();

    /** A newer program has migrated the database. */
    static final class Newer extends RuntimeException {
        Newer() {
            super("the database has a newer schema");
        }
    }

    /** @return 0: it has none */
    public static int in(Connection connection) throws SQLException {
        return READ.on(connection).query(row -> row.next() ? row.getInt(1) : 0);
    }

    private static int ours() {
        try (InputStream file = SchemaNumber.class.getResourceAsStream(FILE)) {
            Matcher number =
                    NUMBER.matcher(file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8));
            if (!number.find()) {
                throw new IllegalStateException(FILE + " holds no number");
            }
            return Integer.parseInt(number.group(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            if (in(context.getConnection()) > OURS) {
                throw new Newer();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public String getCallbackName() {
        return "schema number";
    }
}
