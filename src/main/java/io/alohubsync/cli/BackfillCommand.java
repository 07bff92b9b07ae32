package io.alohubsync.cli;

import io.alohubsync.cli.shell.BulkOptions;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SinceOption;
import io.alohubsync.cli.shell.WhyOption;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.SqlFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Writes the customers of a watched table that no trigger has written: those of before, and those
 * that a trigger could not write.
 */
@Command(name = "backfill")
final class BackfillCommand implements Callable<Integer> {

    /**
     * Not a file of the program's statements: the function is there only where a recipe is
     * installed (docs/recipes/watch.sql).
     */
    private static final String MISSING =
            "SELECT count(*) FROM alohub_source.missing(?, coalesce(?::timestamptz, '-infinity'))";

    private static final String BACKFILL =
            "CALL alohub_source.backfill(?, coalesce(?::timestamptz, '-infinity'), NULL)";

    private static final Sql FIND_RECIPE = Sql.named("cli/find-recipe");
    private static final Sql RECORD = Sql.named("cli/record-backfill");

    /** It reads the source's whole table. */
    private static final String LONG = "SET statement_timeout = '1h'";

    /** A little longer, so that the server's own answer comes. */
    private static final Duration PATIENCE = Duration.ofMinutes(61);

    /** No such table, column or function any more, or one of the source's own raises an error. */
    private static final List<String> CHANGED = List.of("42", "P0001");

    private static final String RIGHT_MISSING = "42501";

    private final Screen screen;
    private final Settings settings;

    @Parameters(paramLabel = "SOURCE", descriptionKey = "backfill-source")
    String source = "";

    @Mixin
    SinceOption since = new SinceOption();

    @Mixin
    BulkOptions bulk = new BulkOptions();

    @Mixin
    WhyOption why = new WhyOption();

    BackfillCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException, IOException {
        @Nullable Instant from = since.instant(screen);
        try (Connection connection = settings.connect(bulk.isDryRun());
                Statement limit = connection.createStatement()) {
            check(connection);
            limit.execute(LONG);
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            screen.progress("backfill.reading", source);
            long missing = call(connection, MISSING, from);
            screen.progressEnded();
            screen.say("backfill.preview", missing, source);
            if (missing == 0 || bulk.isDryRun()) {
                report(missing, 0);
                return ExitCode.DONE;
            }
            if (!bulk.isConfirmed(screen, "backfill.confirm", missing)) {
                report(missing, 0);
                screen.say("retry.unconfirmed");
                return ExitCode.NOT_CONFIRMED;
            }
            RECORD.on(connection) // before: it commits as it goes
                    .set("customers", missing)
                    .set("reason", source + ": " + why.text())
                    .list(row -> row.getLong(1));
            long written = written(connection, from);
            report(missing, written);
            screen.say("backfill.done", written);
            if (written < missing) {
                screen.say("backfill.left", missing - written);
            }
            return ExitCode.DONE;
        }
    }

    private void check(Connection connection) throws Failure, SQLException {
        record Found(boolean schema, boolean recipes, boolean source) {}
        Found found = FIND_RECIPE
                .on(connection)
                .set("source", source)
                .list(row -> new Found(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3)))
                .getFirst();
        if (!found.schema()) {
            throw new Failure(ExitCode.FAILED, screen.text("database.schema"));
        }
        if (!found.recipes()) {
            throw new Failure(ExitCode.NOT_FOUND, screen.text("backfill.not-installed"));
        }
        if (!found.source()) {
            throw new Failure(ExitCode.NOT_FOUND, screen.text("backfill.not-watched", source));
        }
    }

    private long written(Connection connection, @Nullable Instant from) throws Failure, SQLException {
        screen.progress("backfill.progress", source);
        try {
            return call(connection, BACKFILL, from);
        } finally {
            screen.progressEnded();
        }
    }

    private long call(Connection connection, String statement, @Nullable Instant from) throws Failure, SQLException {
        try (PreparedStatement call = connection.prepareStatement(statement)) {
            call.setString(1, source);
            call.setObject(2, from == null ? null : from.atOffset(ZoneOffset.UTC));
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            if (CHANGED.stream().anyMatch(state::startsWith) && !state.equals(RIGHT_MISSING)) {
                throw new Failure(
                        ExitCode.FAILED, screen.text("backfill.changed", source, SqlFailure.describe(failure)));
            }
            throw failure;
        }
    }

    private void report(long missing, long written) {
        if (bulk.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>(); // in this order
            all.put("missing", missing);
            all.put("written", written);
            screen.data(JsonText.of(all));
        }
    }
}
