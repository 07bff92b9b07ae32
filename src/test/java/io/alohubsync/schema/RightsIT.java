package io.alohubsync.schema;

import static io.alohubsync.schema.Statements.assertRefused;
import static io.alohubsync.schema.Statements.column;
import static io.alohubsync.schema.Statements.execute;
import static io.alohubsync.schema.Statements.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.delivery.HotPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What each group role may do, as users that log in. */
class RightsIT {

    private static final String PHONE = "0868793800";

    private final HotPath path = new HotPath();
    private final TestDatabase database = path.database;

    private Connection user(String role) throws SQLException {
        return database.login(role, "alohub_" + role);
    }

    @Test
    void a_writer_reads_the_rows_that_its_own_user_wrote_and_no_others() throws SQLException {
        try (Connection erp = user("writer");
                Connection shop = database.login("shop", "alohub_writer")) {
            String mine = one(
                    erp,
                    "INSERT INTO alohub.customer_outbox (phone, name, source_ref) VALUES ('" + PHONE
                            + "', 'A', 'KH1') RETURNING id");
            String called = one(erp, "SELECT alohub.enqueue_customer(phone => '" + PHONE + "', source_ref => 'KH1')");
            one(
                    shop,
                    "INSERT INTO alohub.customer_outbox (phone, source_ref) VALUES ('0912345678', 'KH1') RETURNING id");
            database.insert("0912345679", "B", null);
            path.merge();
            assertEquals(List.of(mine, called), column(erp, "SELECT id FROM alohub.outbox_status ORDER BY id"));
            assertEquals("PENDING", one(erp, "SELECT status FROM alohub.outbox_status WHERE id = " + mine));
            assertEquals(
                    List.of(PHONE, PHONE),
                    column(erp, "SELECT phone FROM alohub.outbox_status WHERE source_ref = 'KH1'"));
            assertEquals(
                    one(erp, "SELECT session_user"),
                    one(erp, "SELECT written_by FROM alohub.outbox_status WHERE id = " + mine));
            assertEquals("4", database.one("SELECT count(*) FROM alohub.outbox_status"), "a superuser sees all");
        }
    }

    @Test
    void no_condition_of_a_writer_sees_the_phone_of_another() throws SQLException {
        database.insert("0912345679", "B", null);
        database.execute(
                "CREATE TABLE seen (phone text); GRANT INSERT ON seen TO PUBLIC; GRANT CREATE ON SCHEMA public TO PUBLIC");
        try (Connection erp = user("writer")) {
            execute(
                    erp,
                    "CREATE FUNCTION public.peep(phone text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
                            + " 'BEGIN INSERT INTO public.seen VALUES (phone); RETURN true; END'");
            assertEquals(List.of(), column(erp, "SELECT id FROM alohub.outbox_status WHERE peep(phone)"));
            assertEquals(List.of(), column(erp, "SELECT id FROM alohub.customer_inbox WHERE peep(phone)"));
        }
        assertEquals(List.of(), database.column("SELECT phone FROM seen WHERE phone IS NOT NULL"));
    }

    @Test
    void a_writer_may_nothing_else() throws SQLException {
        database.insert(PHONE, "A", null);
        try (Connection erp = user("writer")) {
            for (String sql : List.of(
                    "SELECT phone FROM alohub.customer_outbox",
                    "INSERT INTO alohub.customer_outbox (phone, written_by) VALUES ('1', 'x')",
                    "UPDATE alohub.customer_outbox SET phone = '1'",
                    "DELETE FROM alohub.customer_outbox",
                    "SELECT phone FROM alohub.outbox_status_of_all",
                    "SELECT phone FROM alohub.sync_status",
                    "SELECT phone FROM alohub.delivery_attempt",
                    "SELECT who FROM alohub.audit",
                    "SELECT alohub.retry('" + PHONE + "')",
                    "SELECT alohub.pause()",
                    "CREATE TABLE alohub.mine ()")) {
                assertRefused(erp, sql);
            }
        }
    }

    @Test
    void a_reader_sees_masked_views_of_all_rows() throws SQLException {
        database.insert(PHONE, "A", null);
        path.merge();
        try (Connection reader = user("reader")) {
            assertEquals("***800", one(reader, "SELECT phone FROM alohub.outbox_status_masked"));
            assertEquals("***800", one(reader, "SELECT phone FROM alohub.sync_status_masked"));
            assertEquals("default", one(reader, "SELECT account FROM alohub.account_status"));
            assertRefused(reader, "SELECT phone FROM alohub.outbox_status");
            assertRefused(reader, "SELECT phone FROM alohub.sync_status");
            assertRefused(reader, "SELECT reason FROM alohub.audit");
            assertRefused(reader, "SELECT alohub.retry('" + PHONE + "')");
        }
    }

    @Test
    void an_operator_uses_the_functions_without_rights_on_tables_and_each_is_in_the_audit() throws SQLException {
        database.insert(PHONE, "A", null);
        path.merge();
        try (Connection operator = user("operator")) {
            assertEquals("HELD", one(operator, "SELECT alohub.hold('" + PHONE + "', reason => 'gọi nhầm')"));
            assertEquals("PENDING", one(operator, "SELECT alohub.release('" + PHONE + "', 'default', 'đã kiểm tra')"));
            assertEquals("PENDING", one(operator, "SELECT alohub.retry('" + PHONE + "')"));
            assertEquals("PAUSED", one(operator, "SELECT alohub.pause('default', 'kiểm kê')"));
            assertEquals("RECOVERING", one(operator, "SELECT alohub.resume(reason => 'xong')"));
            assertEquals("PENDING", one(operator, "SELECT status FROM alohub.outbox_status"), "it sees all rows");
            String who = one(operator, "SELECT session_user");
            assertEquals(
                    List.of(
                            who + " HOLD default +84868793800 gọi nhầm",
                            who + " RELEASE default +84868793800 đã kiểm tra",
                            who + " RETRY default +84868793800 -",
                            who + " PAUSE default - kiểm kê",
                            who + " RESUME default - xong"),
                    column(
                            operator,
                            "SELECT concat_ws(' ', who, act, account, coalesce(phone, '-'), coalesce(reason, '-'))"
                                    + " FROM alohub.audit ORDER BY id"));
            for (String sql : List.of(
                    "UPDATE alohub.due SET dead = false",
                    "DELETE FROM alohub.audit",
                    "INSERT INTO alohub.audit (act, account) VALUES ('RETRY', 'default')",
                    "INSERT INTO alohub.customer_outbox (phone) VALUES ('1')",
                    "SELECT alohub.locked_customer('" + PHONE + "', 'default')",
                    "SELECT alohub.grant_rights()")) {
                assertRefused(operator, sql);
            }
        }
    }

    @Test
    void what_an_operator_did_and_its_audit_are_one_transaction_and_nobody_changes_it() throws SQLException {
        database.insert(PHONE, "A", null);
        path.merge();
        try (Connection operator = user("operator")) {
            operator.setAutoCommit(false);
            execute(operator, "SELECT alohub.hold('" + PHONE + "')");
            operator.rollback();
        }
        assertEquals("0", database.one("SELECT count(*) FROM alohub.audit"));
        assertEquals("PENDING", database.status("+84868793800"));
        database.execute("SELECT alohub.hold('" + PHONE + "')");
        try (Connection superuser = database.dataSource().getConnection()) {
            assertRefused(superuser, "UPDATE alohub.audit SET reason = 'x'");
            assertRefused(superuser, "DELETE FROM alohub.audit");
            assertRefused(superuser, "TRUNCATE alohub.audit");
        }
    }

    @Test
    void an_operator_function_runs_nothing_from_the_callers_search_path() throws SQLException {
        database.insert(PHONE, "A", null);
        path.merge();
        database.execute("CREATE SCHEMA evil; GRANT ALL ON SCHEMA evil TO PUBLIC");
        try (Connection operator = user("operator")) {
            execute(
                    operator,
                    "CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END'");
            execute(operator, "SET search_path = evil, pg_catalog");
            assertEquals("PENDING", one(operator, "SELECT alohub.retry('" + PHONE + "')"));
            assertEquals("PAUSED", one(operator, "SELECT alohub.pause()"));
        }
        assertEquals(
                "0",
                database.one("SELECT count(*) FROM pg_proc WHERE pronamespace = 'alohub'::regnamespace AND prosecdef"
                        + " AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path%'"));
    }

    @Test
    void a_worker_has_no_ddl_no_flyway_history_and_adds_to_the_audit_only_by_the_functions() throws SQLException {
        database.insert(PHONE, "A", null);
        path.merge();
        try (Connection worker = user("worker")) {
            for (String sql : List.of(
                    "CREATE TABLE alohub.mine ()",
                    "ALTER TABLE alohub.due ADD COLUMN mine int",
                    "SELECT 1 FROM alohub.flyway_schema_history",
                    "INSERT INTO alohub.flyway_schema_history SELECT FROM generate_series(1, 1)",
                    "UPDATE alohub.flyway_schema_history SET success = true",
                    "DELETE FROM alohub.flyway_schema_history",
                    "DELETE FROM alohub.audit",
                    "INSERT INTO alohub.audit (act, account) VALUES ('RETRY', 'default')",
                    "SELECT alohub.grant_rights()")) {
                assertRefused(worker, sql);
            }
            assertEquals("PENDING", one(worker, "SELECT alohub.retry('" + PHONE + "')"));
            assertEquals("1", one(worker, "SELECT count(*) FROM alohub.outbox_status"));
            execute(worker, "SELECT alohub.fold_status_counts()");
        }
    }

    @Test
    void rights_are_given_again_by_the_owner_where_roles_were_missing() throws SQLException {
        database.execute("REVOKE ALL ON ALL TABLES IN SCHEMA alohub FROM alohub_writer, alohub_operator");
        database.execute("CREATE SCHEMA IF NOT EXISTS alohub");
        try (Connection owner = database.login("migrate", "alohub_owner")) {
            execute(owner, "SELECT alohub.grant_rights()");
        }
        try (Connection erp = user("writer")) {
            one(erp, "INSERT INTO alohub.customer_inbox (id, phone) VALUES (7, '" + PHONE + "') RETURNING id");
        }
    }

    @Test
    void a_user_without_superuser_migrates_where_roles_exist_in_part() throws SQLException {
        TestDatabase empty = TestDatabase.empty();
        String name = empty.one("SELECT current_database()");
        try (Connection migrating = empty.login("plain")) {
            String user = one(migrating, "SELECT session_user");
            empty.execute("GRANT CREATE ON DATABASE " + name + " TO " + user);
            var config = Flyway.configure()
                    .dataSource(empty.url().replaceFirst("[?].*", ""), user, "secret")
                    .schemas("alohub");
            config.load().migrate();
            assertTrue(config.load().info().pending().length == 0);
            one(migrating, "SELECT alohub.enqueue_customer(phone => '" + PHONE + "')");
            assertEquals("NEW", one(migrating, "SELECT status FROM alohub.outbox_status"));
        }
        try (Connection erp = empty.login("erp", "alohub_writer")) {
            one(erp, "INSERT INTO alohub.customer_outbox (phone) VALUES ('" + PHONE + "') RETURNING id");
        }
    }
}
