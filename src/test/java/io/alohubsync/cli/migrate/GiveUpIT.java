package io.alohubsync.cli.migrate;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.ServerCheck;
import java.io.PrintWriter;
import java.io.Writer;
import java.sql.Connection;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/**
 * The command migrate does not wait for ever: with bounds of no time it gives up after the first
 * try.
 */
class GiveUpIT {

    private static String givenUp(FluentConfiguration base) {
        return givenUp(base, Words.english());
    }

    private static String givenUp(FluentConfiguration base, Words words) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Screen screen = new Screen(nowhere, nowhere, words, false, false);
        ServerCheck server = new ServerCheck(base.getDataSource()::getConnection);
        Migrate migrate = new Migrate(screen, server, new Migration(base), Duration.ZERO, Duration.ZERO);
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
            String sentence = givenUp(base, Words.vietnamese()); // each part is translated as it stands in English
            assertTrue(
                    sentence.matches(
                            "đã dừng sau \\d+ giây: phiên khác đang dùng bảng .*; chưa có gì thay đổi: hãy kết thúc giao dịch đang giữ bảng .*"),
                    sentence);
        }
    }

    @Test
    void a_database_that_stays_away_ends_it_with_the_remedy() {
        FluentConfiguration base = Flyway.configure()
                .dataSource("jdbc:postgresql://127.0.0.1:1/erp", "nobody", "")
                .schemas("alohub");
        String sentence = givenUp(base);
        assertTrue(sentence.contains("it can't be reached"), sentence);
        assertTrue(sentence.contains("Bring it back, or correct its address"), sentence);
        String vietnamese = givenUp(base, Words.vietnamese());
        assertTrue(vietnamese.contains("không kết nối được"), vietnamese);
    }
}
