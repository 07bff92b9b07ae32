package io.alohubsync.cli;

import io.alohubsync.cli.intake.IntakeCommand;
import io.alohubsync.cli.intake.TryCommand;
import io.alohubsync.cli.migrate.MigrateCommand;
import io.alohubsync.cli.notify.NotifyTestCommand;
import io.alohubsync.cli.password.HashPasswordCommand;
import io.alohubsync.cli.resync.ResyncCommand;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SettingsSentences;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.cli.verify.VerifyCommand;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.operate.acts.OperatorFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line: {@code java -jar quarkus-run.jar <command>}. No loop runs and no port is
 * opened. Without arguments the program is the daemon, which loads nothing of this package.
 */
public final class Commands {

    private static final String COMPLETION = "completion";

    /**
     * At its default level the driver's messages, one for each value that is read, would all become
     * records.
     */
    private static final Logger ROOT = Logger.getLogger("");

    private static final String RIGHT_MISSING = "42501";
    private static final String LOCKED = "55P03";
    private static final String COLLIDED = "40"; // a deadlock, for example
    private static final List<String> AWAY = List.of("08", "3D", "57P");
    private static final List<String> NO_SCHEMA = List.of("42P01", "3F000", "42883");

    private final Screen screen;
    private final CommandLine line;

    /**
     * @param arguments where they begin with a command, no other one is made: reading them all
     *                  takes a quarter of a second
     */
    Commands(Screen screen, Settings settings, String... arguments) {
        this.screen = screen;
        this.line = new CommandLine(new All());
        Map<String, Supplier<Object>> commands = all(screen, settings);
        String first = first(arguments);
        if (commands.containsKey(first) && !first.equals(COMPLETION)) {
            commands.keySet().retainAll(List.of(first));
        }
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        line.setResourceBundle(screen.words().bundle())
                .setOut(screen.out())
                .setErr(screen.err())
                .setExpandAtFiles(false) // a file named @x is itself, and no argument is read from another
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(screen.colour() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((misuse, _) -> misused(misuse))
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure));
    }

    private static Map<String, Supplier<Object>> all(Screen screen, Settings settings) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("doctor", () -> new DoctorCommand(screen, settings));
        commands.put("status", () -> new StatusCommand(screen, settings));
        commands.put("show", () -> new ShowCommand(screen, settings));
        commands.put("problems", () -> new ProblemsCommand(screen, settings));
        commands.put("retry", () -> new RetryCommand(screen, settings));
        commands.put("resync", () -> new ResyncCommand(screen, settings));
        commands.put("verify", () -> new VerifyCommand(screen, settings));
        commands.put("hold", () -> new HoldCommand(screen, settings, OperatorFunction.HOLD));
        commands.put("release", () -> new HoldCommand(screen, settings, OperatorFunction.RELEASE));
        commands.put("pause", () -> new PauseCommand(screen, settings, false));
        commands.put("resume", () -> new PauseCommand(screen, settings, true));
        commands.put("import", () -> new ImportCommand(screen, settings));
        commands.put("backfill", () -> new BackfillCommand(screen, settings));
        commands.put("migrate", () -> new MigrateCommand(screen, settings));
        commands.put(
                "intake", () -> new CommandLine(new IntakeCommand()).addSubcommand(new TryCommand(screen, settings)));
        commands.put("hash-password", () -> new HashPasswordCommand(screen));
        commands.put("notify-test", () -> new NotifyTestCommand(screen, settings));
        commands.put(COMPLETION, () -> new CompletionCommand(screen));
        return commands;
    }

    /** The first word behind {@code --lang}; empty: there is none. */
    private static String first(String... arguments) {
        int at = arguments.length > 0 && arguments[0].equals("--lang") ? 2 : 0;
        while (at < arguments.length && arguments[at].startsWith("--lang=")) {
            at++;
        }
        return at < arguments.length ? arguments[at] : "";
    }

    /** Without a command: says which there are. */
    @Command(name = Version.PROGRAM, versionProvider = Version.class)
    static final class All implements Callable<Integer> {

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                scope = ScopeType.INHERIT)
        boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true)
        boolean version;

        @Option(names = "--lang", paramLabel = "en|vi", scope = ScopeType.INHERIT)
        String language = "";

        @Spec
        @Nullable
        CommandSpec spec;

        @Override
        public Integer call() {
            CommandLine all = Objects.requireNonNull(spec).commandLine();
            all.usage(all.getErr());
            return ExitCode.USAGE;
        }
    }

    /** @return the exit code */
    public static int run(String... arguments) {
        ROOT.setLevel(Level.WARNING);
        Map<String, String> environment = System.getenv();
        Screen screen = Screen.of(Words.chosen(List.of(arguments), environment), environment);
        int code = new Commands(screen, new Settings(), arguments).execute(arguments);
        screen.out().flush();
        screen.err().flush();
        return code;
    }

    CommandLine line() {
        return line;
    }

    int execute(String... arguments) {
        @Nullable String language = Words.unknown(List.of(arguments));
        return language == null
                ? line.execute(arguments)
                : said(screen.text("misuse.language", Table.plain(language)), ExitCode.USAGE);
    }

    private int misused(ParameterException misuse) {
        CommandLine at = misuse.getCommandLine();
        PrintWriter err = screen.err();
        err.println(Version.PROGRAM + ": " + Table.plain(new Misuse(screen.words()).sentence(misuse)));
        screen.say("misuse.help", at.getCommandSpec().qualifiedName());
        return ExitCode.USAGE;
    }

    private int failed(Exception failure) {
        screen.out().flush();
        return switch (failure) {
            case Failure ours -> said(SettingsSentences.in(screen.words(), ours.sentence()), ours.code());
            case SQLException database -> said(sentence(database), ExitCode.FAILED);
            case IOException file ->
                said(
                        screen.text(
                                "failed.io",
                                Table.plain(Objects.requireNonNullElse(
                                        file.getMessage(), file.getClass().getSimpleName()))),
                        ExitCode.FAILED);
            default -> said(failure.getClass().getSimpleName() + ": " + failure.getMessage(), ExitCode.FAILED);
        };
    }

    private int said(String sentence, int code) {
        screen.err().println(Version.PROGRAM + ": " + sentence);
        return code;
    }

    private String sentence(SQLException database) {
        String state = String.valueOf(database.getSQLState());
        if (state.equals(RIGHT_MISSING)) {
            return screen.text("database.right", SqlFailure.describe(database));
        }
        if (NO_SCHEMA.contains(state)) {
            return screen.text("database.schema");
        }
        if (state.equals(LOCKED) || state.startsWith(COLLIDED)) {
            return screen.text("database.locked");
        }
        boolean away = database.getSQLState() == null || AWAY.stream().anyMatch(state::startsWith);
        return screen.text(
                away ? "database.away" : "database.trouble",
                SettingsSentences.in(screen.words(), DatabaseTrouble.describe(database)));
    }
}
