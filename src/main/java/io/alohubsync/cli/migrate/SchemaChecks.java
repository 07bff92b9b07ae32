package io.alohubsync.cli.migrate;

import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Finding;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks that a database is what this version's migrations make: history, objects and rights. */
final class SchemaChecks {

    private static final Sql OBJECTS = Sql.named("cli/check-objects");
    private static final Sql ROLES = Sql.named("cli/check-roles");
    private static final Sql RIGHTS = Sql.named("cli/check-rights-of-roles");

    private final Settings settings;
    private final Words words;
    private final List<Finding> findings = new ArrayList<>();

    SchemaChecks(Settings settings, Words words) {
        this.settings = settings;
        this.words = words;
    }

    List<Finding> run(SchemaFiles files) throws Failure, SQLException {
        applied(files);
        checksums(files);
        try (Connection connection = settings.connect(true)) {
            boolean complete = objects(connection, SchemaObjects.of(files.texts()));
            if (complete) {
                rights(connection);
            }
        }
        return findings;
    }

    private void applied(SchemaFiles files) {
        List<String> planned =
                files.planned().stream().map(SchemaFiles.Planned::script).toList();
        if (files.newer()) {
            findings.add(
                    Finding.warning("migrations", words.text("migrate.newer"), words.text("migrate.newer-remedy")));
        } else if (!files.unknown().isEmpty()) {
            findings.add(Finding.failed("migrations", words.text("migrate.ahead", String.join(", ", files.unknown()))));
        } else if (planned.isEmpty()) {
            findings.add(Finding.ok("migrations", words.text("doctor.migrated")));
        } else {
            findings.add(Finding.failed(
                    "migrations",
                    words.text("migrate.pending", String.join(", ", planned)),
                    words.text("doctor.migrate")));
        }
    }

    private void checksums(SchemaFiles files) {
        findings.add(
                files.altered().isEmpty()
                        ? Finding.ok("checksums", words.text("migrate.checksums"))
                        : Finding.failed(
                                "checksums",
                                words.text("migrate.altered", String.join(", ", files.altered())),
                                words.text("migrate.altered-remedy")));
    }

    private boolean objects(Connection connection, List<SchemaObjects.Made> made) throws SQLException {
        List<String> missing = OBJECTS.on(connection)
                .texts("kinds", made, SchemaObjects.Made::kind)
                .texts("names", made, SchemaObjects.Made::name)
                .texts("tables", made, SchemaObjects.Made::table)
                .list(row -> row.getString(1));
        findings.add(
                missing.isEmpty()
                        ? Finding.ok("objects", words.text("migrate.objects", made.size()))
                        : Finding.failed(
                                "objects",
                                words.text("migrate.objects-missing", String.join(", ", missing)),
                                words.text("migrate.objects-remedy")));
        return missing.isEmpty();
    }

    private void rights(Connection connection) throws SQLException {
        List<String> absent = ROLES.on(connection).list(row -> row.getString(1));
        if (!absent.isEmpty()) {
            findings.add(Finding.warning(
                    "roles",
                    words.text("migrate.roles-missing", String.join(", ", absent)),
                    words.text("migrate.roles-remedy")));
        }
        List<String> missing = RIGHTS.on(connection).list(row -> row.getString(1));
        findings.add(
                missing.isEmpty()
                        ? Finding.ok("rights", words.text("migrate.rights"))
                        : Finding.failed(
                                "rights",
                                words.text("migrate.rights-missing", String.join("; ", missing)),
                                words.text("migrate.rights-remedy")));
    }
}
