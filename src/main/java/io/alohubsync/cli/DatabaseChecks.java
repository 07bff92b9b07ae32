package io.alohubsync.cli;

import io.alohubsync.cli.migrate.SchemaFiles;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Finding;
import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SettingsSentences;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.schema.Migration;
import io.alohubsync.schema.SchemaNumber;
import io.alohubsync.schema.ServerCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The checks of {@code doctor} that need the database. Those behind one that failed may be left
 * out.
 */
final class DatabaseChecks {

    private static final Sql SESSION = Sql.named("cli/check-session");
    private static final Sql RIGHTS = Sql.named("cli/check-rights");
    private static final Sql SEQUENCE = Sql.named("cli/check-sequence");
    private static final Sql TRANSACTIONS = Sql.named("cli/check-transactions");
    private static final Sql HISTORY = Sql.named("cli/check-history");

    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(5);
    private static final String RIGHT_MISSING = "42501";
    private static final long LONG_TRANSACTION_SECONDS = 600;

    private final Settings settings;
    private final Words words;
    private final List<Finding> findings = new ArrayList<>();
    private String login = ""; // of the session

    DatabaseChecks(Settings settings, Words words) {
        this.settings = settings;
        this.words = words;
    }

    List<Finding> run() {
        Optional<String> noAddress = settings.problemOfAddress();
        if (noAddress.isPresent()) {
            return List.of(Finding.failed("database", SettingsSentences.in(words, noAddress.get())));
        }
        try {
            server();
            try (Connection connection = settings.connect(false)) {
                login = connection.getMetaData().getUserName();
                session(connection);
            }
        } catch (Migration.Unusable unusable) {
            String sentence = String.valueOf(unusable.getMessage());
            findings.add(Finding.failed("server", SettingsSentences.in(words, sentence)));
        } catch (Failure noAddressAfterAll) {
            findings.add(Finding.failed("database", noAddressAfterAll.sentence()));
        } catch (SQLException failure) {
            findings.add(finding(failure));
        }
        return findings;
    }

    private Finding finding(SQLException failure) {
        if (RIGHT_MISSING.equals(failure.getSQLState())) {
            return Finding.failed(
                    "rights",
                    words.text("doctor.right-missing", login, SqlFailure.describe(failure)),
                    words.text("doctor.rights-remedy", login));
        }
        return Finding.failed(
                findings.isEmpty() ? "database" : "statements",
                SettingsSentences.in(words, DatabaseTrouble.describe(failure)),
                words.text(
                        DatabaseTrouble.isAboutTheLogin(failure)
                                ? "doctor.database-remedy"
                                : "doctor.statement-remedy"));
    }

    /**
     * Version, encoding and pooler, as at the daemon's start; first, since an older server refuses
     * the settings of a session, too.
     */
    private void server() throws SQLException {
        new ServerCheck(settings.plain()).run();
        findings.add(Finding.ok("database", words.text("doctor.connected")));
        findings.add(Finding.ok("server", words.text("doctor.server")));
    }

    private void session(Connection connection) throws SQLException {
        Instant before = Instant.now();
        Map<String, @Nullable Object> session =
                SESSION.on(connection).query(Rows::of).getFirst();
        clock(before, Instant.now(), session);
        zone(session);
        writable(session);
        if (Boolean.FALSE.equals(session.get("schema"))) {
            findings.add(Finding.failed("migrations", words.text("doctor.no-schema"), words.text("doctor.migrate")));
            return;
        }
        migrations(connection);
        rights(connection);
        sequence(connection);
        transactions(connection);
    }

    private void clock(Instant before, Instant after, Map<String, @Nullable Object> session) {
        if (session.get("now") instanceof Instant theirs) {
            Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
            long millis = Math.abs(Duration.between(ours, theirs).toMillis());
            findings.add(
                    millis > CLOCKS_MAY_DIFFER.toMillis()
                            ? Finding.warning(
                                    "clock", words.text("doctor.clock", millis), words.text("doctor.clock-remedy"))
                            : Finding.ok("clock", words.text("doctor.clock", millis)));
        }
    }

    private void zone(Map<String, @Nullable Object> session) {
        String sessions = Rows.text(session, "session_zone");
        findings.add(
                sessions.equals("UTC")
                        ? Finding.ok(
                                "time zone",
                                words.text(
                                        "doctor.zone",
                                        "UTC"
                                                + OffsetDateTime.now()
                                                        .format(DateTimeFormatter.ofPattern("xxx", Locale.ROOT)),
                                        Rows.text(session, "database_zone")))
                        : Finding.warning(
                                "time zone",
                                words.text("doctor.zone-not-utc", sessions),
                                words.text("doctor.zone-remedy")));
    }

    private void writable(Map<String, @Nullable Object> session) {
        findings.add(
                Boolean.TRUE.equals(session.get("writable"))
                        ? Finding.ok("writes", words.text("doctor.writable"))
                        : Finding.failed(
                                "writes", words.text("doctor.read-only"), words.text("doctor.read-only-remedy")));
    }

    private void migrations(Connection connection) throws SQLException {
        if (SchemaNumber.in(connection) > SchemaNumber.OURS) {
            findings.add(Finding.ok("migrations", words.text("migrate.newer")));
            return;
        }
        if (!HISTORY.on(connection).query(row -> row.next() && row.getBoolean(1))) {
            findings.add(Finding.ok("migrations", words.text("doctor.history-hidden")));
            return;
        }
        try {
            int pending = SchemaFiles.of(settings.flyway()).planned().size();
            findings.add(
                    pending == 0
                            ? Finding.ok("migrations", words.text("doctor.migrated"))
                            : Finding.failed(
                                    "migrations", words.text("doctor.pending", pending), words.text("doctor.migrate")));
        } catch (FlywayException failure) {
            findings.add(Finding.failed("migrations", words.text("doctor.no-history"), words.text("doctor.migrate")));
        }
    }

    private void rights(Connection connection) throws SQLException {
        List<String> missing = RIGHTS.on(connection).list(row -> row.getString(1));
        findings.add(
                missing.isEmpty()
                        ? Finding.ok("rights", words.text("doctor.rights", login))
                        : Finding.failed(
                                "rights",
                                words.text("doctor.rights-missing", login, String.join("; ", missing)),
                                words.text("doctor.rights-remedy", login)));
    }

    private void sequence(Connection connection) throws SQLException {
        Map<String, @Nullable Object> ids =
                SEQUENCE.on(connection).query(Rows::of).getFirst();
        findings.add(
                Rows.number(ids, "drawn") >= Rows.number(ids, "highest")
                        ? Finding.ok("ids", words.text("doctor.ids"))
                        : Finding.warning(
                                "ids",
                                words.text("doctor.ids-behind", Rows.text(ids, "drawn"), Rows.text(ids, "highest")),
                                words.text("doctor.ids-remedy")));
    }

    private void transactions(Connection connection) throws SQLException {
        Map<String, @Nullable Object> oldest =
                TRANSACTIONS.on(connection).query(Rows::of).getFirst();
        long seconds = Rows.number(oldest, "seconds");
        if (oldest.get("seconds") == null) {
            findings.add(Finding.warning(
                    "transactions", words.text("doctor.transactions-hidden"), words.text("doctor.stats-remedy")));
        } else if (seconds > LONG_TRANSACTION_SECONDS) {
            findings.add(Finding.warning(
                    "transactions",
                    words.text("doctor.transaction", Times.age(seconds)),
                    words.text("doctor.transaction-remedy")));
        } else {
            findings.add(Finding.ok("transactions", words.text("doctor.transaction", Times.age(seconds))));
        }
    }
}
