package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.TestDatabase;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Words;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a database, in this JVM. */
class CommandsIT {

    private static final String SECRET = "K3y-of-nobody";

    private static TestDatabase database;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> more = new HashMap<>();

    @BeforeAll
    static void customers() {
        database = TestDatabase.migrated();
        database.execute("INSERT INTO alohub.account (name, seen_at) VALUES ('default', now()), ('brandb', now())"
                + " ON CONFLICT (name) DO UPDATE SET seen_at = now()");
        for (int i = 1; i <= 5; i++) {
            dead("default", "+8490010000" + i, "REFUSED", "422");
        }
        dead("brandb", "+84900100001", "FAILED", "500");
        database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, source, source_ref, merged_at, customer_id, revision,"
                        + " carries_name, carries_email, merge_status) SELECT phone, name, 'erp', 'KH' || right(phone, 1), now(), id, 1, true,"
                        + " false, 'MERGED' FROM alohub.customer WHERE account = 'default'");
        database.execute(
                "INSERT INTO alohub.delivery_attempt (customer_id, started_at, revision, attempt, account, phone, outcome,"
                        + " http_status, error, duration_ms) SELECT id, now(), 1, 1, account, phone, last_outcome, http_status, error, 30"
                        + " FROM alohub.customer");
        database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, source, source_ref, merged_at, merge_status, reasons)"
                        + " VALUES ('0868-CALL', 'X', 'web', 'F1', now(), 'REJECTED', '{phone.letters}'),"
                        + " ('0900100009', 'Y', 'web', 'F2', now(), 'REJECTED', '{phone.denied-prefix}')");
    }

    private static void dead(String account, String phone, String outcome, String status) {
        database.execute(
                "WITH c AS (INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, last_outcome,"
                        + " http_status, error, attempts) VALUES ('" + account + "', '" + phone + "', 'Thủy', 1, 1, '"
                        + outcome + "', "
                        + status + ", 'HTTP " + status + ": no', 1) RETURNING id)"
                        + " INSERT INTO alohub.due (customer_id, account, wanted_revision, attempts, dead, due_at)"
                        + " SELECT id, '" + account + "', 1, 1, true, 'infinity' FROM c");
    }

    private int run(String... arguments) {
        return run(
                new Screen(new PrintWriter(out, true), new PrintWriter(err, true), Words.english(), false, false),
                arguments);
    }

    private int run(Screen screen, String... arguments) {
        Map<String, String> settings = new HashMap<>(more);
        settings.putIfAbsent("quarkus.datasource.jdbc.url", database.url());
        settings.putIfAbsent(
                "quarkus.datasource.username", TestDatabase.Server.get().user());
        settings.putIfAbsent(
                "quarkus.datasource.password", TestDatabase.Server.get().password());
        settings.putIfAbsent("quarkus.datasource.jdbc.new-connection-sql", TestDatabase.SESSION);
        settings.putIfAbsent("alohub.base-url", "http://127.0.0.1:1");
        settings.putIfAbsent("alohub.api-key", SECRET);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int code = new Commands(
                        screen,
                        new Settings(new SmallRyeConfigBuilder()
                                .addDefaultInterceptors()
                                .withSources(new PropertiesConfigSource(settings, "test", 100))
                                .build()),
                        arguments)
                .execute(arguments);
        assertFalse((out + "" + err).contains(SECRET), "a command prints no key");
        return code;
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void status_has_a_row_for_each_account_as_a_table_and_as_json() throws Exception {
        assertEquals(0, run("status"), err.toString());
        assertEquals("ACCOUNT", out.toString().lines().findFirst().orElseThrow().split(" ")[0]);
        assertEquals(3, out.toString().lines().count(), out.toString());
        assertEquals(0, run("status", "--json"), err.toString());
        JsonNode brandb = json().get("accounts").get(0);
        assertEquals("brandb", brandb.get("account").asText());
        assertEquals(1, brandb.get("dead").asInt());
        assertTrue(brandb.get("failed_per_second").asDouble() > 0, brandb.toString());
    }

    @Test
    void show_tells_what_happened_to_a_customer_and_what_comes_next() throws Exception {
        assertEquals(0, run("hold", "0900.100.005", "--why", "stocktaking", "--by", "an"), err.toString());
        assertEquals("HELD\n", out.toString());
        database.execute("INSERT INTO alohub.audit (act, account, customer_id, phone, person)"
                + " SELECT 'UNMASK', account, id, phone, 'thủy' FROM alohub.customer WHERE phone = '+84900100005'");
        assertEquals(0, run("show", "900100005"), err.toString());
        String shown = out.toString();
        assertTrue(shown.startsWith("+84900100005  default  HELD\n"), shown);
        for (String part : new String[] {
            "nothing until release: stocktaking (command line: an)",
            "erp/KH5",
            "merge of " + database.one("SELECT id FROM alohub.customer_outbox WHERE source_ref = 'KH5'") + " ",
            "  revision 1",
            "REFUSED  422  30 ms  HTTP 422: no",
            "HOLD",
            "by thủy",
            "attempt 1 of revision 1"
        }) {
            assertTrue(shown.contains(part), part + "\n" + shown);
        }
        assertEquals(0, run("show", "KH5", "--json"), err.toString());
        JsonNode customer = json().get("customers").get(0);
        assertEquals("+84900100005", customer.get("phone").asText());
        assertEquals(1, customer.get("rows").size());
        assertEquals(1, customer.get("attempts_made").size());
        assertEquals(0, run("release", "0900100005"), err.toString());
        assertEquals("DEAD\n", out.toString());
        assertEquals(
                "stocktaking (command line: an)",
                database.one("SELECT reason FROM alohub.audit WHERE act = 'HOLD' AND phone = '+84900100005'"));
    }

    @Test
    void show_finds_a_rejected_row_by_its_phone_and_by_its_reference() {
        assertEquals(0, run("show", "0900100009"), err.toString());
        assertTrue(out.toString().contains("alohub.phone.deny-prefixes"), out.toString());
        assertEquals(0, run("show", "F1"), err.toString());
        assertTrue(out.toString().contains("letters where digits belong"), out.toString());
        assertEquals(ExitCode.NOT_FOUND, run("show", "0912000999"));
        assertEquals("", out.toString());
        assertEquals(ExitCode.NOT_FOUND, run("show", "0912000999", "--json"));
        assertEquals("{\"customers\":[],\"unmerged_rows\":[]}\n", out.toString());
    }

    @Test
    void a_customer_that_another_transaction_holds_is_said_to_be_that_with_what_to_do() throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT FROM alohub.customer WHERE phone = '+84900100004' FOR UPDATE");
            assertEquals(ExitCode.FAILED, run("hold", "0900100004"));
        }
        assertTrue(
                err.toString().contains("another transaction") && err.toString().contains("Try again"), err.toString());
        assertFalse(err.toString().contains("SQLSTATE"), err.toString());
    }

    @Test
    void a_customer_of_several_accounts_is_named_with_its_account() {
        assertEquals(ExitCode.USAGE, run("hold", "0900100001"));
        assertTrue(err.toString().contains("brandb, default"), err.toString());
        assertEquals(ExitCode.NOT_FOUND, run("hold", "0912000999"));
        assertEquals(ExitCode.USAGE, run("hold", "nobody"));
    }

    @Test
    void a_retry_of_many_leaves_out_those_that_another_transaction_holds() throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute(
                    "SELECT FROM alohub.customer WHERE id = (SELECT min(customer_id) FROM alohub.due d"
                            + " JOIN alohub.customer c ON c.id = d.customer_id WHERE d.dead AND c.account = 'default') FOR UPDATE");
            String[] all = {"retry", "--reason", "refused.422", "--account", "default", "--yes", "--json"};
            assertEquals(0, run(all), err.toString());
        }
        assertEquals(5, json().get("found").asInt());
        assertEquals(
                "4 1",
                json().get("retried").asInt() + " " + json().get("locked").asInt());
        assertTrue(err.toString().contains("another transaction holds them: 1."), err.toString());
        database.execute("UPDATE alohub.due SET dead = true, attempts = 1, due_at = 'infinity' WHERE hold IS NULL");
    }

    @Test
    void a_retry_of_many_is_previewed_limited_and_confirmed() throws Exception {
        int before = Integer.parseInt(audited());
        String[] many = {"retry", "--reason", "refused.422", "--account", "default", "--since", "1h", "--json"};
        assertEquals(0, run(with(many, "--dry-run")), err.toString());
        assertEquals(5, json().get("found").asInt());
        assertEquals(0, json().get("retried").asInt());
        assertEquals(ExitCode.NOT_CONFIRMED, run(many));
        assertEquals(before, Integer.parseInt(audited()));
        assertEquals(0, run(with(many, "--yes", "--limit", "2", "--why", "mended")), err.toString());
        assertEquals(2, json().get("retried").asInt());
        assertEquals(before + 2, Integer.parseInt(audited()));
        assertEquals(ExitCode.NOT_FOUND, run("retry", "--reason", "REFUSED.404", "--yes"));
        assertEquals(ExitCode.USAGE, run("retry"));
        assertEquals(ExitCode.USAGE, run("retry", "0900100001", "--since", "1h"));
        assertEquals(ExitCode.USAGE, run("retry", "--since", "soon"));
        assertEquals(0, run("retry", "0900100001", "--account", "brandb", "--dry-run", "--json"), err.toString());
        assertEquals("{\"found\":1,\"retried\":0,\"status\":\"DEAD\"}\n", out.toString());
        assertEquals(0, run("retry", "0900100001", "--account", "brandb"), err.toString());
        assertEquals("PENDING\n", out.toString());
        database.execute("UPDATE alohub.due SET dead = true, attempts = 1, due_at = 'infinity' WHERE hold IS NULL");
    }

    private static String[] with(String[] words, String... others) {
        String[] all = java.util.Arrays.copyOf(words, words.length + others.length);
        System.arraycopy(others, 0, all, words.length, others.length);
        return all;
    }

    private static String audited() {
        return database.one("SELECT count(*) FROM alohub.audit WHERE act = 'RETRY' AND account = 'default'");
    }

    @Test
    void an_account_is_paused_and_resumed_by_its_name() {
        assertEquals(ExitCode.USAGE, run("pause"));
        assertTrue(err.toString().contains("brandb, default"), err.toString());
        assertEquals(ExitCode.NOT_FOUND, run("pause", "brandc"));
        assertEquals(0, run("pause", "brandb", "--why", "stocktaking", "--by", "an"), err.toString());
        assertEquals(
                "PAUSED stocktaking (command line: an)",
                database.one("SELECT state || ' ' || reason FROM alohub.account_status WHERE account = 'brandb'"));
        assertEquals(0, run("resume", "brandb"), err.toString());
        assertEquals("RECOVERING\n", out.toString());
    }

    @Test
    void problems_groups_by_reason_and_source_and_masks_phones() throws Exception {
        assertEquals(0, run("problems"), err.toString());
        assertFalse(out.toString().contains("9001000"), "no whole phone");
        assertEquals(0, run("problems", "--json"), err.toString());
        JsonNode all = json();
        assertEquals("REFUSED.422", all.get(0).get("reason").asText());
        assertEquals(5, all.get(0).get("count").asInt());
        assertEquals("erp", all.get(0).get("source").asText());
        for (JsonNode problem : all) {
            assertTrue(problem.get("example").asText().startsWith("***"), problem.toString());
            assertFalse(problem.get("remedy").asText().isEmpty(), problem.toString());
        }
        assertEquals(4, all.size(), all.toString());
        assertEquals(0, run("problems", "--account", "brandb", "--since", "2999-01-01"));
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"problems", "show 0900100001", "hold 0900100001", "retry 0900100001", "retry --since 1h"})
    void an_account_that_is_not_there_is_named_with_those_that_are(String words) {
        assertEquals(ExitCode.NOT_FOUND, run((words + " --account brandc").split(" ")), words);
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("there is no account brandc. Accounts: brandb, default"), err.toString());
    }

    @Test
    void a_watched_status_ends_when_nothing_reads_it_any_more() {
        Screen closed = new Screen(
                new PrintWriter(
                        new Writer() {
                            @Override
                            public void write(char[] text, int from, int length) throws IOException {
                                throw new IOException("Broken pipe");
                            }

                            @Override
                            public void flush() {}

                            @Override
                            public void close() {}
                        },
                        true),
                new PrintWriter(err, true),
                Words.english(),
                false,
                false);
        assertEquals(0, run(closed, "status", "--watch"), err.toString());
    }

    @Test
    void doctor_names_each_fault_with_its_remedy(@TempDir Path folder) throws Exception {
        more.put("alohub.api-key", "");
        more.put(
                "alohub.api-key-file",
                Files.writeString(folder.resolve("key"), SECRET).toString());
        assertEquals(ExitCode.FAILED, run("doctor", "--json"));
        Map<String, String> results = new HashMap<>();
        json().forEach(finding ->
                results.put(finding.get("check").asText(), finding.get("result").asText()));
        assertEquals("FAILED", results.remove("alohub default"), "nothing listens there");
        assertEquals("OK", results.get("key default"), results.toString());
        for (String check :
                new String[] {"database", "server", "writes", "migrations", "rights", "ids", "clock", "time zone"}) {
            assertEquals("OK", results.get(check), check + "\n" + out);
        }
        more.put("alohub.api-key-file", folder.resolve("none").toString());
        more.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/nobody");
        assertEquals(ExitCode.FAILED, run("doctor"));
        assertTrue(out.toString().contains("can't be read"), out.toString());
        assertTrue(out.toString().contains("nothing takes connections"), out.toString());
    }

    @Test
    void doctor_names_a_server_that_can_not_be_used_in_the_language_of_the_session() {
        more.put(
                "quarkus.datasource.jdbc.url",
                TestDatabase.empty("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
                        .url());
        Screen screen =
                new Screen(new PrintWriter(out, true), new PrintWriter(err, true), Words.vietnamese(), false, false);
        assertEquals(ExitCode.FAILED, run(screen, "doctor"));
        assertTrue(out.toString().contains(" có bảng mã LATIN1, "), out.toString());
    }

    /** An older server refuses them, too. */
    @Test
    void doctor_checks_the_server_before_it_makes_the_settings_of_a_session() throws Exception {
        more.put("quarkus.datasource.jdbc.new-connection-sql", "SET no_such_setting = 1");
        assertEquals(ExitCode.FAILED, run("doctor", "--json"));
        Map<String, String> results = new HashMap<>();
        json().forEach(finding ->
                results.put(finding.get("check").asText(), finding.get("result").asText()));
        assertEquals("OK", results.get("server"), out.toString());
        assertEquals("FAILED", results.get("statements"), out.toString());
    }

    /** The login works: address, user and password are right. */
    @Test
    void doctor_names_the_role_that_its_user_lacks() throws Exception {
        database.login("nobody").close();
        more.put("quarkus.datasource.jdbc.url", database.urlWithoutLogin());
        more.put("quarkus.datasource.username", database.name() + "_nobody");
        more.put("quarkus.datasource.password", "secret");
        assertEquals(ExitCode.FAILED, run("doctor", "--json"));
        Map<String, JsonNode> checks = new HashMap<>();
        json().forEach(finding ->
                assertNull(checks.put(finding.get("check").asText(), finding), "one line a check: " + out));
        assertEquals("OK", checks.get("database").get("result").asText(), out.toString());
        assertEquals("FAILED", checks.get("rights").get("result").asText(), out.toString());
        String remedy = checks.get("rights").get("remedy").asText();
        assertTrue(remedy.contains("GRANT alohub_worker TO " + database.name() + "_nobody"), remedy);
        assertTrue(remedy.contains("alohub_reader"), remedy);
        assertFalse(out.toString().contains("correct quarkus.datasource.jdbc.url"), out.toString());
    }

    @Test
    void doctor_names_a_setting_of_the_framework_with_a_value_of_the_wrong_kind() throws Exception {
        more.put("quarkus.datasource.jdbc.max-size", "zwanzig");
        assertEquals(ExitCode.FAILED, run("doctor", "--json"));
        assertTrue(out.toString().contains("quarkus.datasource.jdbc.max-size"), out.toString());
        assertFalse((out.toString() + err).contains("zwanzig"), out.toString() + err);
    }

    @Test
    void doctor_tells_both_time_zones_and_that_they_do_no_harm() throws Exception {
        database.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone = ''Asia/Ho_Chi_Minh''', current_database()); END $$");
        run("doctor");
        String line = out.toString()
                .lines()
                .filter(one -> one.contains("time zone"))
                .findFirst()
                .orElseThrow();
        assertTrue(line.startsWith("ok ") && line.contains("Asia/Ho_Chi_Minh; harmless"), line);
    }

    @Test
    void a_database_that_is_away_or_not_set_is_one_sentence() {
        more.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/nobody");
        assertEquals(ExitCode.FAILED, run("status"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("correct quarkus.datasource.jdbc.url"), err.toString());
        more.put("quarkus.datasource.jdbc.url", "");
        assertEquals(ExitCode.FAILED, run("status"));
        assertTrue(err.toString().contains("quarkus.datasource.jdbc.url is missing"), err.toString());
        more.put("quarkus.datasource.jdbc.url", TestDatabase.empty().url());
        assertEquals(ExitCode.FAILED, run("status"));
        assertTrue(err.toString().contains("run migrate"), err.toString());
    }
}
