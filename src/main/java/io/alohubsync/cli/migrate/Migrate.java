package io.alohubsync.cli.migrate;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SettingsSentences;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.ServerCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code java -jar quarkus-run.jar migrate}: brings the schema up to date and ends. It needs the
 * datasource's settings alone, so that the user who may change the schema needs no key, and the
 * daemon's user needs no such right. No loop runs, no port is opened.
 */
final class Migrate {

    private static final Duration FOR_THE_DATABASE = Duration.ofMinutes(2);
    private static final Duration FOR_LOCKS = Duration.ofMinutes(5);
    private static final long BETWEEN_TRIES_MILLIS = 500;

    private final Screen screen;
    private final ServerCheck server;
    private final Migration migration;
    private final Duration forTheDatabase;
    private final Duration forLocks;
    private final long begun = System.nanoTime();
    private String printed = "";

    /**
     * @param forTheDatabase how long it waits for a database that is away, and {@code forLocks} for
     *                       tables that are in use
     */
    Migrate(Screen screen, ServerCheck server, Migration migration, Duration forTheDatabase, Duration forLocks) {
        this.screen = screen;
        this.server = server;
        this.migration = migration;
        this.forTheDatabase = forTheDatabase;
        this.forLocks = forLocks;
    }

    /** The migration was given up; the message is a sentence with a remedy. */
    static final class GivenUp extends Exception {
        GivenUp(String sentence) {
            super(sentence);
        }
    }

    /**
     * @return the exit code: 0 when the schema is up to date, else 1 with one line on standard
     *         error
     */
    static int run(Screen screen, Settings settings, boolean json) {
        Optional<String> problem = settings.problemOfAddress();
        if (problem.isPresent()) {
            return failed(screen, problem.get());
        }
        ServerCheck server = new ServerCheck(settings.plain());
        try {
            Migration migration = new Migration(settings.flyway());
            boolean ours = new Migrate(screen, server, migration, FOR_THE_DATABASE, FOR_LOCKS).migrate();
            if (json) {
                screen.data(JsonText.of(Map.of("up_to_date", ours, "newer", !ours)));
            } else {
                screen.say(ours ? "migrate.done" : "migrate.newer");
            }
            return ExitCode.DONE;
        } catch (Migration.Unusable | GivenUp failure) {
            return failed(screen, String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopped) {
            return failed(screen, screen.text("migrate.stopped"));
        }
    }

    private static int failed(Screen screen, String sentence) {
        screen.say("migrate.failed", SettingsSentences.in(screen.words(), sentence));
        return ExitCode.FAILED;
    }

    /** @return false: a newer version has migrated the database, and nothing was run */
    boolean migrate() throws GivenUp, InterruptedException {
        while (true) {
            try {
                server.run();
                return migration.tryOnce();
            } catch (Migration.Refused refused) {
                String why = inWords(String.valueOf(refused.getMessage()));
                if (!refused.isByAnother()) {
                    giveUpAfter(forLocks, why + ": " + inWords(refused.remedy()));
                }
                sayOnce(screen.text("migrate.again", why));
                TimeUnit.MILLISECONDS.sleep(refused.pause().toMillis());
            } catch (SQLException away) {
                String why = inWords(DatabaseTrouble.describe(away));
                giveUpAfter(forTheDatabase, screen.text("migrate.away", why));
                sayOnce(screen.text("migrate.waiting", why));
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
    }

    private String inWords(String english) {
        return SettingsSentences.in(screen.words(), english);
    }

    private void giveUpAfter(Duration bound, String sentence) throws GivenUp {
        Duration tried = Duration.ofNanos(System.nanoTime() - begun);
        if (tried.compareTo(bound) >= 0) {
            throw new GivenUp(screen.text("migrate.given-up", tried.toSeconds(), sentence));
        }
    }

    private void sayOnce(String news) {
        if (!news.equals(printed)) {
            screen.err().println(news);
            printed = news;
        }
    }
}
