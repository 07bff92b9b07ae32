package io.alohubsync.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.cli.CommandRun;
import io.alohubsync.delivery.HotPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command verify on a database. */
class VerifyIT {

    private static final HotPath PATH = new HotPath();

    private final CommandRun command = CommandRun.on(PATH.database);

    @BeforeEach
    void customers() throws Exception {
        PATH.database.execute("TRUNCATE alohub.customer, alohub.due, alohub.customer_outbox, alohub.replaced_value");
        PATH.register("brandb", "source-version", "count");
        PATH.insert("0912000001", " Nguyễn  Thị Thủy", "THUY@example.vn");
        PATH.insert("+84 912 000 002", "An", null);
        PATH.insert("0912000002", "Bằng", "bang@example.vn");
        PATH.insert("0912000003", null, null);
        PATH.insert("not a phone", "X", null);
        PATH.database.execute(
                "INSERT INTO alohub.customer_outbox (account, phone, name, source_version, ranks_by_id) VALUES"
                        + " ('brandb', '0912000001', 'Later', 10, NULL), ('brandb', '0912000001', 'Form', NULL, true),"
                        + " ('brandb', '0912000001', 'Older', 9, NULL)");
        PATH.merge();
        PATH.insert("0912000001", "Nguyễn Thị Thủy", null);
        PATH.insert("0912000009", "Still new", null);
        PATH.database.execute("UPDATE alohub.customer_outbox SET merge_status = NULL WHERE name = 'Still new'");
    }

    private JsonNode verified(int code, String... more) throws Exception {
        String[] words = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("verify", "--json"), java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        assertEquals(code, command.run(words), command.err());
        return command.json();
    }

    private static void change(String what) {
        PATH.database.execute("UPDATE alohub.customer SET " + what);
    }

    @Test
    void what_the_merge_made_is_as_it_should_be() throws Exception {
        JsonNode all = verified(0);
        assertEquals(5, all.get("fields_checked").asInt());
        assertEquals(0, all.get("fields_differing").asInt());
        assertEquals(0, all.get("fields_without_row").asInt());
        assertEquals(7, all.get("rows").asInt(), "neither the rejected one nor new ones");
        assertEquals(1, verified(0, "--account", "brandb").get("fields_checked").asInt());
    }

    @Test
    void a_value_that_is_not_its_rows_is_named_with_a_masked_phone() throws Exception {
        change("name = 'Khác' WHERE account = 'default' AND phone = '+84912000001'");
        JsonNode all = verified(1);
        assertEquals(1, all.get("fields_differing").asInt());
        JsonNode difference = all.get("differences").get(0);
        assertEquals("***001", difference.get("phone").asText());
        assertEquals("name", difference.get("field").asText());
        assertEquals("OTHER_VALUE", difference.get("cause").asText());
        assertEquals(1, command.run("verify"));
        assertTrue(command.out().contains("***001"), command.out());
        assertFalse((command.out() + command.err()).contains("Khác"), "no value");
        assertFalse((command.out() + command.err()).contains("912000001"), "no whole phone");
        assertEquals(0, command.run("verify", "--account", "brandb"), "the other account is as it should be");
    }

    @Test
    void one_that_is_asked_for_is_shown_with_its_values() throws Exception {
        change("email = 'other@example.vn' WHERE phone = '+84912000002'");
        JsonNode difference = verified(1, "0912 000 002").get("differences").get(0);
        assertEquals("+84912000002", difference.get("phone").asText());
        assertEquals("other@example.vn", difference.get("held").asText());
        assertEquals("bang@example.vn", difference.get("expected").asText());
        assertEquals(0, command.run("verify", "0912000001", "--account", "default"), command.out());
        assertEquals(3, command.run("verify", "0912000777"));
    }

    @Test
    void a_row_that_was_not_applied_is_found_by_both_orders() throws Exception {
        change("name = 'An', name_row = name_row - 1 WHERE phone = '+84912000002'");
        change("name = 'Later', name_row = name_row - 1, unversioned_name = NULL, unversioned_name_row = NULL"
                + " WHERE account = 'brandb'");
        JsonNode all = verified(1);
        assertEquals(2, all.get("fields_differing").asInt(), all.toString());
        assertEquals("NEWER_ROW", all.get("differences").get(0).get("cause").asText());
        assertEquals("brandb", all.get("differences").get(1).get("account").asText());
        assertEquals("NEWER_ROW", all.get("differences").get(1).get("cause").asText());
    }

    @Test
    void fields_whose_row_was_purged_are_counted() throws Exception {
        PATH.database.execute("DELETE FROM alohub.customer_outbox WHERE name = 'Bằng' OR name = 'Form'");
        JsonNode all = verified(0);
        assertEquals(3, all.get("fields_without_row").asInt(), "a name and an e-mail, and a name");
        assertEquals(2, all.get("fields_checked").asInt());
        assertEquals(
                1, verified(0, "--account", "brandb").get("fields_without_row").asInt());
    }

    @Test
    void differences_beyond_the_limit_are_counted() throws Exception {
        change("name = 'Khác' WHERE name IS NOT NULL");
        JsonNode all = verified(1, "--limit", "1");
        assertEquals(1, all.get("differences").size());
        assertEquals(3, all.get("fields_differing").asInt());
    }

    @Test
    void it_needs_no_right_to_write() throws Exception {
        command.with("quarkus.datasource.jdbc.new-connection-sql", "SET default_transaction_read_only = on");
        assertEquals(0, command.run("verify"), command.err());
    }
}
