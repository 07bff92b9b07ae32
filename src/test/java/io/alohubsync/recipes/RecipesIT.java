package io.alohubsync.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.cli.CommandRun;
import io.alohubsync.delivery.HotPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scripts of docs/recipes on tables with the columns of each source. The source's transaction
 * commits, whatever happens to ours.
 */
class RecipesIT {

    private static final Path FOLDER = Path.of("docs/recipes");

    private final HotPath path = new HotPath();
    private final TestDatabase database = path.database;

    /** A source's table, a customer in it, and the outbox rows that come of it. */
    enum Source {
        ODOO_18(
                "odoo",
                "CREATE TABLE res_partner (id serial PRIMARY KEY, name varchar, phone varchar, mobile varchar, email varchar,"
                        + " active boolean DEFAULT true, is_company boolean, write_date timestamp)",
                "INSERT INTO res_partner (name, phone, mobile, email, write_date) VALUES ('Nguyễn Thị Thủy', '024 3825 1234',"
                        + " '0868793800', 'thuy@example.vn', '2026-11-26 01:02:03')",
                "UPDATE res_partner SET name = 'Nguyễn Thủy', write_date = '2026-11-26 01:02:04'",
                "UPDATE res_partner SET is_company = true, write_date = '2026-11-26 01:02:05'",
                "res.partner/1 0868793800 | 024 3825 1234 Nguyễn Thị Thủy thuy@example.vn 1795654923000000"),
        ODOO_19(
                "odoo",
                "CREATE TABLE res_partner (id serial PRIMARY KEY, name varchar, phone varchar, email varchar,"
                        + " active boolean DEFAULT true, write_date timestamp)",
                "INSERT INTO res_partner (name, phone, email, write_date) VALUES ('Nguyễn Thị Thủy', '0868793800', 'thuy@example.vn',"
                        + " '2026-11-26 01:02:03')",
                "UPDATE res_partner SET name = 'Nguyễn Thủy'",
                "UPDATE res_partner SET name = name",
                "res.partner/1 0868793800 Nguyễn Thị Thủy thuy@example.vn 1795654923000000"),
        IDEMPIERE(
                "idempiere",
                "CREATE SCHEMA adempiere; CREATE TABLE adempiere.ad_user (ad_user_id numeric(10) PRIMARY KEY, name varchar(60), email varchar(60),"
                        + " phone varchar(40), phone2 varchar(40), c_bpartner_id numeric(10), isactive char(1) DEFAULT 'Y', updated timestamp)",
                "INSERT INTO adempiere.ad_user VALUES (101, 'Trần Văn A', 'a@example.vn', '0868793800', NULL, 5, 'Y', '2026-11-26 01:02:03'),"
                        + " (102, 'Staff', NULL, '0868793801', NULL, NULL, 'Y', '2026-11-26 01:02:03')",
                "UPDATE adempiere.ad_user SET phone2 = '0912345678'",
                "UPDATE adempiere.ad_user SET updated = updated + interval '1 s'",
                "AD_User/101 0868793800 Trần Văn A a@example.vn 1795654923000000"),
        MEDUSA(
                "medusa",
                "CREATE TABLE customer (id text PRIMARY KEY, company_name text, first_name text, last_name text, email text, phone text,"
                        + " has_account boolean DEFAULT false, metadata jsonb, created_at timestamptz DEFAULT now(),"
                        + " updated_at timestamptz DEFAULT now(), deleted_at timestamptz)",
                "INSERT INTO customer (id, first_name, last_name, email, phone, updated_at) VALUES ('cus_01', 'Thủy', 'Nguyễn',"
                        + " 'thuy@example.vn', '+84868793800', '2026-11-26 01:02:03Z')",
                "UPDATE customer SET email = 'thuy2@example.vn'",
                "UPDATE customer SET has_account = true, updated_at = now()",
                "cus_01 +84868793800 Nguyễn Thủy thuy@example.vn 1795654923000000"),
        POSTGRESQL(
                "erp",
                "CREATE SCHEMA erp; CREATE TABLE erp.customer (id bigint PRIMARY KEY, phone text, name text, email text, updated_at timestamptz)",
                "INSERT INTO erp.customer VALUES (1, '0868793800', 'Nguyễn Thị Thủy', 'thuy@example.vn', now()), (2, ' ', 'No phone', NULL, now())",
                "UPDATE erp.customer SET name = name || ' B'",
                "UPDATE erp.customer SET updated_at = now()",
                "1 0868793800 Nguyễn Thị Thủy thuy@example.vn");

        final String source;
        final String table;
        final String insert;
        final String change;
        final String nothing;
        final String row;

        Source(String source, String table, String insert, String change, String nothing, String row) {
            this.source = source;
            this.table = table;
            this.insert = insert;
            this.change = change;
            this.nothing = nothing;
            this.row = row;
        }

        /** Of so many customers in one statement. */
        String bulk(int customers) {
            String phone = "'09' || lpad(i::text, 8, '0')";
            return switch (this) {
                        case ODOO_18, ODOO_19 ->
                            "INSERT INTO res_partner (name, phone) SELECT 'Customer ' || i, " + phone;
                        case IDEMPIERE ->
                            "INSERT INTO adempiere.ad_user (ad_user_id, name, phone, c_bpartner_id) SELECT i, 'Customer ' || i, "
                                    + phone + ", 5";
                        case MEDUSA ->
                            "INSERT INTO customer (id, first_name, phone) SELECT 'cus_' || i, 'Customer ' || i, "
                                    + phone;
                        case POSTGRESQL ->
                            "INSERT INTO erp.customer (id, phone, name) SELECT i, " + phone + ", 'Customer ' || i";
                    }
                    + " FROM generate_series(1001, 1000 + " + customers + ") i";
        }

        String schema() {
            return switch (this) {
                case IDEMPIERE -> "adempiere";
                case POSTGRESQL -> "erp";
                default -> "public";
            };
        }

        String script() {
            return source.equals("erp") ? "postgresql.sql" : source + ".sql";
        }
    }

    @BeforeEach
    void zone() {
        database.execute("SET TimeZone = 'UTC'");
    }

    private void run(String script) {
        try {
            database.execute(Files.readString(FOLDER.resolve(script)));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private void install(Source source) {
        database.execute(source.table);
        run("watch.sql");
        run(source.script());
    }

    private List<String> rows() {
        return database.column(
                "SELECT concat_ws(' ', source_ref, phone, name, email, source_version) FROM alohub.customer_outbox ORDER BY id");
    }

    private String backfill(String source, boolean dryRun) {
        return database.one(
                dryRun
                        ? "SELECT count(*) FROM alohub_source.missing('" + source + "')"
                        : "CALL alohub_source.backfill('" + source + "')");
    }

    @ParameterizedTest
    @EnumSource
    void an_insert_and_a_change_are_written_and_what_changes_nothing_is_not(Source source) {
        install(source);
        run(source.script()); // again: it replaces itself
        database.execute(source.insert);
        assertEquals(List.of(source.row), rows());
        database.execute(source.nothing);
        assertEquals(1, rows().size(), "an update of nothing");
        database.execute(source.change);
        assertEquals(2, rows().size());
    }

    @ParameterizedTest
    @EnumSource
    void customers_of_before_are_written_by_backfill_once(Source source) throws SQLException {
        database.execute(source.table);
        database.execute(source.insert);
        run("watch.sql");
        run(source.script());
        assertEquals("1", backfill(source.source, true));
        assertEquals(List.of(), rows());
        assertEquals("1", backfill(source.source, false));
        assertEquals(List.of(source.row), rows());
        path.merge();
        assertEquals("0", backfill(source.source, false));
    }

    @ParameterizedTest
    @EnumSource
    void the_source_commits_without_our_schema_and_backfill_finds_what_was_missed(Source source) throws SQLException {
        install(source);
        database.execute("ALTER SCHEMA alohub RENAME TO alohub_away");
        try (Connection connection = database.dataSource().getConnection();
                Statement erp = connection.createStatement()) {
            connection.setAutoCommit(false);
            erp.execute(source.insert);
            SQLWarning warning = erp.getWarnings();
            connection.commit();
            assertTrue(
                    warning.getMessage().contains("42P01")
                            && warning.getMessage().contains("backfill"),
                    warning.getMessage());
        }
        database.execute("ALTER SCHEMA alohub_away RENAME TO alohub");
        assertEquals(List.of(), rows());
        assertEquals("1", backfill(source.source, false));
        assertEquals(List.of(source.row), rows());
    }

    @ParameterizedTest
    @EnumSource
    void the_source_commits_without_rights_on_the_outbox(Source source) throws SQLException {
        install(source);
        try (Connection connection = database.login("shop");
                Statement erp = connection.createStatement()) {
            database.execute("GRANT USAGE ON SCHEMA %1$s TO PUBLIC; GRANT ALL ON ALL TABLES IN SCHEMA %1$s TO PUBLIC;"
                            .formatted(source.schema())
                    + " GRANT ALL ON ALL SEQUENCES IN SCHEMA " + source.schema() + " TO PUBLIC");
            erp.execute(source.insert);
            String warning = erp.getWarnings().getMessage();
            assertTrue(warning.contains("42501"), warning);
            assertTrue(!warning.contains("0868793800") && !warning.contains("Thủy"), warning);
        }
        assertEquals(List.of(), rows());
        assertEquals("1", backfill(source.source, true), "it is committed");
    }

    @Test
    void a_role_that_may_write_the_outbox_alone_is_enough_for_the_source() throws SQLException {
        install(Source.POSTGRESQL);
        try (Connection connection = database.login("shop", "alohub_writer");
                Statement erp = connection.createStatement()) {
            database.execute("GRANT USAGE ON SCHEMA erp TO PUBLIC; GRANT ALL ON erp.customer TO PUBLIC");
            erp.execute(Source.POSTGRESQL.insert);
        }
        assertEquals(List.of(Source.POSTGRESQL.row), rows());
    }

    @Test
    void a_lock_on_the_outbox_delays_the_source_for_a_moment_only() throws SQLException {
        install(Source.POSTGRESQL);
        try (Connection dba = database.dataSource().getConnection();
                Statement lock = dba.createStatement()) {
            dba.setAutoCommit(false);
            lock.execute("LOCK TABLE alohub.customer_outbox");
            database.execute(Source.POSTGRESQL.insert);
            dba.rollback();
        }
        assertEquals("2", database.one("SELECT count(*) FROM erp.customer"));
        assertEquals("1", backfill("erp", true));
    }

    @Test
    void a_dropped_column_leaves_the_source_working() {
        install(Source.POSTGRESQL);
        run("watch.sql");
        database.execute("ALTER TABLE erp.customer ALTER COLUMN name TYPE text;"
                + " ALTER TABLE erp.customer DROP COLUMN email");
        database.execute("INSERT INTO erp.customer (id, phone, name) VALUES (1, '0868793800', 'A')");
        assertEquals("1", database.one("SELECT count(*) FROM erp.customer"));
        assertEquals(List.of(), rows());
    }

    /** The triggers would write nothing, and the one who installs them would see a success. */
    @ParameterizedTest
    @CsvSource({
        "IDEMPIERE, adempiere.ad_user, phone2",
        "IDEMPIERE, adempiere.ad_user, updated",
        "IDEMPIERE, adempiere.ad_user, isactive",
        "MEDUSA, customer, deleted_at"
    })
    void a_script_ends_with_an_error_and_changes_nothing_where_a_column_is_missing(
            Source source, String table, String column) {
        database.execute(source.table);
        database.execute("ALTER TABLE " + table + " DROP COLUMN " + column);
        run("watch.sql");
        String failure = assertThrows(IllegalStateException.class, () -> run(source.script()))
                .getMessage();
        assertTrue(failure.contains(column), failure);
        assertEquals("0", database.one("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'alohub%'"));
        assertEquals(
                "0",
                database.one(
                        "SELECT count(*) FROM pg_proc WHERE pronamespace = 'alohub_source'::regnamespace AND proname LIKE '"
                                + source.source + "%'"));
    }

    /** Its row of the outbox would have the higher id, and the older value. */
    @Test
    void a_customer_that_the_source_is_changing_is_left_to_its_triggers() throws SQLException {
        database.execute(Source.POSTGRESQL.table);
        database.execute(
                "INSERT INTO erp.customer (id, phone, name) VALUES (1, '0868793800', 'Old'), (2, '0868793801', 'Other')");
        run("watch.sql");
        run("postgresql.sql");
        try (Connection erp = database.dataSource().getConnection();
                Statement change = erp.createStatement()) {
            erp.setAutoCommit(false);
            change.execute("UPDATE erp.customer SET name = 'New' WHERE id = 1");
            assertEquals("1", backfill("erp", false));
            erp.commit();
        }
        assertEquals(
                List.of("New", "Other"),
                database.column("SELECT name FROM alohub.customer_outbox ORDER BY source_ref"));
    }

    /** One that waits for a lock would stop here. */
    @Test
    void a_backfill_locks_the_rows_of_the_source_for_a_batch_alone() throws SQLException {
        database.execute(Source.POSTGRESQL.table);
        database.execute("INSERT INTO erp.customer (id, phone, name)"
                + " SELECT i, '0912' || lpad(i::text, 6, '0'), 'K' FROM generate_series(1, 2500) i");
        run("watch.sql");
        run("postgresql.sql");
        assertEquals("2500", backfill("erp", false));
        assertEquals(
                "3", database.one("SELECT count(DISTINCT xmin::text) FROM alohub.customer_outbox"), "transactions");
    }

    @Test
    void a_table_that_is_watched_for_another_account_is_backfilled_there() throws SQLException {
        install(Source.POSTGRESQL);
        database.execute(Source.POSTGRESQL.insert);
        database.execute("UPDATE alohub.customer_outbox SET merge_status = 'MERGED'");
        assertEquals("0", backfill("erp", true));
        database.execute(
                "CALL alohub_source.watch('erp.customer', 'erp', ref => 'id', phone => 'phone', name => 'name',"
                        + " email => 'email', account => 'brandb')");
        assertEquals("1", backfill("erp", true));
    }

    @ParameterizedTest
    @EnumSource
    void a_bulk_load_is_written_in_one_piece_after_single_rows_too(Source source) {
        int many = source == Source.POSTGRESQL ? 100_000 : 5_000; // all have the same triggers
        install(source);
        database.execute(source.insert);
        database.execute(source.nothing); // its plan is made for two rows, and kept
        database.execute(source.bulk(many));
        database.execute(source.nothing);
        assertEquals(String.valueOf(many + 1), database.one("SELECT count(*) FROM alohub.customer_outbox"));
    }

    @Test
    void the_command_writes_what_is_missing_once_it_is_confirmed() throws Exception {
        CommandRun command = CommandRun.on(database);
        assertEquals(3, command.run("backfill", "erp"));
        assertTrue(command.err().contains("watch.sql"), command.err());
        database.execute(Source.POSTGRESQL.table);
        database.execute(Source.POSTGRESQL.insert);
        run("watch.sql");
        assertEquals(3, command.run("backfill", "erp"));
        assertTrue(command.err().contains("No table is watched as source erp"), command.err());
        run("postgresql.sql");
        assertEquals(0, command.run("backfill", "erp", "--dry-run", "--json"));
        assertEquals(1, command.json().get("missing").asInt());
        assertEquals(4, command.run("backfill", "erp"));
        assertEquals(0, command.run("backfill", "erp", "--since", "2999-01-01", "--yes"), command.err());
        assertEquals(List.of(), rows());
        assertEquals(
                0,
                command.run("backfill", "erp", "--since", "1h", "--yes", "--by", "an", "--why", "sau khi khôi phục"),
                command.err());
        assertEquals(List.of(Source.POSTGRESQL.row), rows());
        assertEquals(
                "1 erp: sau khi khôi phục (command line: an)",
                database.one(
                        "SELECT customers || ' ' || reason FROM alohub.audit WHERE act = 'BACKFILL' ORDER BY id DESC LIMIT 1"));
        assertEquals(0, command.inVietnamese().run("backfill", "erp", "--dry-run"), command.err());
        assertTrue(command.err().contains("1 khách hàng của nguồn erp chưa có trong outbox"), command.err());
    }

    /** After an upgrade of the ERP: this is what backfill mends once the recipe fits again. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            DROP TABLE erp.customer CASCADE                                                       | 42P01
            ALTER TABLE erp.customer DROP COLUMN email                                            | 42703
            ALTER TABLE erp.customer DROP COLUMN phone                                            | 42703
            DROP FUNCTION erp.called(text)                                                        | 42883
            CREATE OR REPLACE FUNCTION erp.called(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE ''%'', $1; END' | P0001
            """)
    void a_table_or_a_function_that_has_changed_is_named_as_the_cause(String change, String state) {
        database.execute(Source.POSTGRESQL.table);
        database.execute("CREATE FUNCTION erp.called(text) RETURNS text LANGUAGE sql AS 'SELECT $1'");
        database.execute(Source.POSTGRESQL.insert);
        run("watch.sql");
        database.execute("CALL alohub_source.watch('erp.customer', 'erp', ref => 'id', phone => 'phone',"
                + " name => 'erp.called(name)', email => 'email')");
        database.execute(change);
        CommandRun command = CommandRun.on(database);
        assertEquals(1, command.run("backfill", "erp", "--dry-run"));
        assertTrue(
                command.err().contains("The table of source erp can't be read as its recipe says (SQLSTATE " + state));
        assertTrue(!command.err().contains("Thủy"), command.err());
    }

    @Test
    void a_source_that_is_watched_no_more_is_as_it_was() {
        install(Source.POSTGRESQL);
        database.execute("CALL alohub_source.unwatch('erp.customer', 'erp')");
        database.execute(Source.POSTGRESQL.insert);
        assertEquals(List.of(), rows());
        assertEquals("0", database.one("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'erp.customer'::regclass"));
        String failure = assertThrows(IllegalStateException.class, () -> backfill("erp", false))
                .getMessage();
        assertTrue(failure.contains("No table is watched as source erp"), failure);
    }
}
