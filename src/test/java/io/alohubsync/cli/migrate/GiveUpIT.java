package io.alohubsync.cli.migrate;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.ServerCheck;
import java.sql.Connection;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** The command migrate does not wait for ever: with bounds of no time it gives up after the first try. */
class GiveUpIT {

    private static String givenUp(FluentConfiguration base) {
        ServerCheck server = new ServerCheck(base.getDataSource()::getConnection);
        Migrate migrate = new Migrate(server, new Migration(base), Duration.ZERO, Duration.ZERO);
        return assertThrows(Migrate.GivenUp.class, migrate::migrate).getMessage();
    }

    @Test
    void a_table_that_stays_in_use_ends_it_with_the_remedy() throws Exception {
        TestDatabase database = TestDatabase.empty();
        FluentConfiguration base =
                Flyway.configure().dataSource(database.dataSource()).schemas("alohub");
        database.migrateWithOlderTriggers();
        try (Connection report = database.dataSource().getConnection()) {
            report.setAutoCommit(false);
            report.createStatement().execute("LOCK TABLE alohub.customer_outbox IN ROW EXCLUSIVE MODE");
            String sentence = givenUp(base);
            assertTrue(sentence.contains("a table in use"), sentence);
            assertTrue(sentence.contains("end the transaction that holds the table"), sentence);
        }
    }

    @Test
    void a_database_that_stays_away_ends_it_with_the_remedy() {
        String sentence = givenUp(Flyway.configure()
                .dataSource("jdbc:postgresql://127.0.0.1:1/erp", "nobody", "")
                .schemas("alohub"));
        assertTrue(sentence.contains("it can't be reached"), sentence);
        assertTrue(sentence.contains("Bring it back, or correct its address"), sentence);
    }
}
