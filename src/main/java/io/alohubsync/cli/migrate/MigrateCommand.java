package io.alohubsync.cli.migrate;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Finding;
import io.alohubsync.cli.shell.Findings;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.ServerCheck;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Brings the schema up to date; with an option it only says what it would do, or checks what was
 * done.
 */
@Command(name = "migrate")
public final class MigrateCommand implements Callable<Integer> {

    private static final String RIGHT_MISSING = "42501";

    private final Screen screen;
    private final Settings settings;

    @Option(names = "--plan")
    boolean plan;

    @Option(names = "--verify")
    boolean verify;

    @Option(names = "--json")
    boolean json;

    public MigrateCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException {
        if (plan && verify) {
            throw new Failure(ExitCode.USAGE, screen.text("migrate.either"));
        }
        if (!plan && !verify) {
            return Migrate.run(screen, settings, json);
        }
        Optional<String> problem = settings.problemOfAddress();
        if (problem.isPresent()) {
            throw new Failure(ExitCode.FAILED, problem.get());
        }
        try {
            new ServerCheck(settings.plain()).run();
            SchemaFiles files = SchemaFiles.of(settings.flyway());
            return plan ? planned(files) : verified(files);
        } catch (Migration.Unusable unusable) {
            throw new Failure(ExitCode.FAILED, String.valueOf(unusable.getMessage()));
        } catch (FlywayException failure) {
            throw ofDatabase(failure);
        }
    }

    /** Its message may hold the address with what stands in it. */
    private SQLException ofDatabase(FlywayException failure) throws Failure {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                if (RIGHT_MISSING.equals(sql.getSQLState())) {
                    throw new Failure(ExitCode.FAILED, screen.text("migrate.right"));
                }
                return sql;
            }
        }
        throw failure;
    }

    private int planned(SchemaFiles files) {
        List<SchemaFiles.Planned> planned = files.planned();
        boolean ahead = !files.unknown().isEmpty();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("up_to_date", planned.isEmpty() && !ahead && !files.newer());
            all.put("newer", files.newer());
            all.put("planned", planned.stream().map(SchemaFiles.Planned::row).toList());
            all.put("unknown", files.unknown());
            screen.data(JsonText.of(all));
        } else if (!planned.isEmpty()) {
            List<List<String>> table = new ArrayList<>();
            table.add(List.of(screen.text("column.file"), screen.text("column.why"), screen.text("column.does")));
            planned.forEach(file ->
                    table.add(List.of(file.script(), screen.text("migrate." + file.kind()), Table.plain(file.does()))));
            Table.lines(table).forEach(screen::data);
        }
        if (files.newer()) {
            screen.say("migrate.newer");
            return ExitCode.DONE;
        }
        if (ahead) {
            screen.say("migrate.ahead", String.join(", ", files.unknown()));
            return ExitCode.FAILED;
        }
        screen.say(planned.isEmpty() ? "migrate.nothing" : "migrate.planned", planned.size());
        return planned.isEmpty() ? ExitCode.DONE : ExitCode.PENDING;
    }

    private int verified(SchemaFiles files) throws Failure, SQLException {
        List<Finding> findings = new SchemaChecks(settings, screen.words()).run(files);
        return Findings.print(screen, findings, json);
    }
}
