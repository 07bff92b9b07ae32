package io.alohubsync.cli.migrate;

import io.alohubsync.cli.Settings;
import io.alohubsync.schema.DatabaseTrouble;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.ServerCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code java -jar quarkus-run.jar migrate}: brings the schema up to date and ends. It needs the datasource's settings alone, so that
 * the user who may change the schema needs no key, and the daemon's user needs no such right. No loop runs, no port is opened.
 */
final class Migrate {

    private static final Duration FOR_THE_DATABASE = Duration.ofMinutes(2);
    private static final Duration FOR_LOCKS = Duration.ofMinutes(5);
    private static final long BETWEEN_TRIES_MILLIS = 500;

    private final ServerCheck server;
    private final Migration migration;
    private final Duration forTheDatabase;
    private final Duration forLocks;
    private final long begun = System.nanoTime();
    private String told = "";

    /** @param forTheDatabase how long it waits for a database that is away, and {@code forLocks} for tables that are in use */
    Migrate(ServerCheck server, Migration migration, Duration forTheDatabase, Duration forLocks) {
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

    /** @return the exit code: 0 when the schema is up to date, else 1 with one line on standard error */
    static int run(Settings settings) {
        Optional<String> problem = settings.problemOfAddress();
        if (problem.isPresent()) {
            return failed(problem.get());
        }
        ServerCheck server = new ServerCheck(ServerCheck.to(
                settings.value("jdbc.url").orElseThrow(),
                settings.user(),
                settings.value("password").orElse(null)));
        try {
            new Migrate(server, new Migration(settings.flyway()), FOR_THE_DATABASE, FOR_LOCKS).migrate();
            System.out.println("The schema alohub is up to date.");
            return 0;
        } catch (Migration.Unusable | GivenUp failure) {
            return failed(String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopped) {
            return failed("it was told to stop.");
        }
    }

    private static int failed(String sentence) {
        System.err.println("alohub-sync can't migrate: " + sentence);
        return 1;
    }

    void migrate() throws GivenUp, InterruptedException {
        while (true) {
            try {
                server.run();
                migration.tryOnce();
                return;
            } catch (Migration.Refused refused) {
                giveUpAfter(forLocks, refused.getMessage() + ": " + Migration.REMEDY);
                tell(refused.getMessage() + "; it is tried again");
                TimeUnit.MILLISECONDS.sleep(refused.pause().toMillis());
            } catch (SQLException away) {
                String why = DatabaseTrouble.describe(away);
                giveUpAfter(
                        forTheDatabase,
                        "the database: " + why + ". Bring it back, or correct its address, user and password.");
                tell("Waiting for the database: " + why);
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
    }

    private void giveUpAfter(Duration bound, String sentence) throws GivenUp {
        Duration tried = Duration.ofNanos(System.nanoTime() - begun);
        if (tried.compareTo(bound) >= 0) {
            throw new GivenUp("given up after " + tried.toSeconds() + " s: " + sentence);
        }
    }

    private void tell(String news) {
        if (!news.equals(told)) {
            System.out.println(news);
            told = news;
        }
    }
}
