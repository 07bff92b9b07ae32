package io.alohubsync.cli.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.cli.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** intake try, without a database. */
class TryCommandTest {

    private static final String SECRET = "S3cret-of-the-shop";
    private static final String ORDER =
            "{\"id\": 17, \"date_modified_gmt\": \"2026-01-02T03:04:05\", \"billing\": {\"first_name\": \"Thủy\", \"last_name\": \"Nguyễn\","
                    + " \"phone\": \"868 793 800\", \"email\": \"THUY@Example.vn\"}}";

    @TempDir
    Path folder;

    private final CommandRun command = new CommandRun()
            .with("alohub.intake.sources.shop.preset", "woocommerce")
            .with("alohub.intake.sources.shop.priority", "7")
            .with("alohub.intake.sources.shop.hmac-secret", SECRET)
            .with("alohub.intake.tokens", "landing:a-token-of-thirty-two-characters-x");

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("payload"), content).toString();
    }

    private static String signature(String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_payload_is_shown_as_the_rows_that_it_would_become() throws Exception {
        assertEquals(0, command.run("intake", "try", file(ORDER), "--source", "shop", "--json"), command.err());
        JsonNode customer = command.json().get("customers").get(0);
        assertEquals("***800", customer.get("phone").asText());
        assertEquals("Nguyễn Thủy", customer.get("name").asText());
        assertEquals("thuy@example.vn", customer.get("email").asText());
        assertEquals("17", customer.get("source_ref").asText());
        assertEquals(1_767_323_045_000_000L, customer.get("source_version").asLong());
        assertEquals("default", customer.get("account").asText());
        assertEquals(7, customer.get("priority").asInt());
        assertEquals(
                "[\"phone.leading-zero-restored\"]", customer.get("reasons").toString());
        assertTrue(command.json().get("signed").isNull());
        assertEquals(200, command.json().get("answer_status").asInt());
    }

    @Test
    void a_person_reads_fields_and_sentences_and_no_whole_phone() throws Exception {
        assertEquals(0, command.run("intake", "try", file(ORDER), "--source", "shop"), command.err());
        assertTrue(command.out().contains("***800"), command.out());
        assertTrue(
                command.out().contains("phone.leading-zero-restored   The phone's leading zero was restored."),
                command.out());
        assertFalse(command.out().replaceAll("\\D", "").contains("868793800"), command.out());
        assertTrue(command.err().contains("Nothing was written"), command.err());
    }

    @Test
    void a_phone_that_is_none_says_why_and_fails() throws Exception {
        String order = ORDER.replace("868 793 800", "0868-CALL");
        assertEquals(1, command.run("intake", "try", file(order), "--source", "shop"));
        assertTrue(command.out().contains("REJECTED"), command.out());
        assertTrue(command.out().matches("(?s).*\nphone\\.[a-z-]+ +The phone .*"), command.out());
        assertEquals(1, command.inVietnamese().run("intake", "try", file(order), "--source", "shop"));
        assertTrue(command.out().contains("trạng thái"), command.out());
    }

    @Test
    void a_signature_is_checked_if_one_is_given() throws Exception {
        String good = "X-WC-Webhook-Signature: " + signature(ORDER);
        assertEquals(0, command.run("intake", "try", file(ORDER), "--source", "shop", "--header", good), command.err());
        assertTrue(command.err().contains("The signature fits"), command.err());
        assertEquals(1, command.run("intake", "try", file(ORDER + " "), "--source", "shop", "--header", good));
        assertTrue(command.err().contains("does not fit"), command.err());
        assertEquals(2, command.run("intake", "try", file(ORDER), "--source", "shop", "--header", "X-Other: 1"));
        assertTrue(command.err().contains("X-WC-Webhook-Signature"), command.err());
        assertEquals(2, command.run("intake", "try", file(ORDER), "--source", "shop", "--header", "nothing"));
        assertFalse((command.out() + command.err()).contains(SECRET));
    }

    @Test
    void a_secret_that_is_not_here_is_needed_for_a_signature_alone() throws Exception {
        command.with("alohub.intake.sources.shop.hmac-secret", "")
                .with(
                        "alohub.intake.sources.shop.hmac-secret-file",
                        folder.resolve("none").toString());
        assertEquals(0, command.run("intake", "try", file(ORDER), "--source", "shop"), command.err());
        assertEquals(
                1,
                command.run("intake", "try", file(ORDER), "--source", "shop", "--header", "X-WC-Webhook-Signature: 1"));
        assertTrue(command.err().contains("hmac-secret-file"), command.err());
    }

    @Test
    void forms_and_sources_without_settings_send_the_fields_of_the_lead_api() throws Exception {
        assertEquals(
                0,
                command.run(
                        "intake",
                        "try",
                        file("phone=0868793800&name=Th%E1%BB%A7y"),
                        "--source",
                        "landing",
                        "--form",
                        "--json"),
                command.err());
        assertEquals("Thủy", command.json().get("customers").get(0).get("name").asText());
        assertEquals(10, command.json().get("customers").get(0).get("priority").asInt());
    }

    @Test
    void what_the_intake_would_refuse_is_refused_in_its_words() throws Exception {
        assertEquals(1, command.run("intake", "try", file("{\"a\": 1, \"a\": 2}"), "--source", "shop"));
        assertTrue(command.err().contains("would be refused (400)"), command.err());
        assertEquals(1, command.run("intake", "try", file("x".repeat(300_000)), "--source", "shop"));
        assertTrue(command.err().contains("(413)"), command.err());
        assertEquals(0, command.run("intake", "try", file("{\"webhook_id\": 5}"), "--source", "shop"));
        assertTrue(command.err().contains("says nothing of a customer"), command.err());
    }

    @Test
    void an_unknown_source_file_or_mapping_is_one_sentence() throws Exception {
        assertEquals(3, command.run("intake", "try", file(ORDER), "--source", "shopp"));
        assertTrue(command.err().contains("landing, shop"), command.err());
        assertEquals(1, command.run("intake", "try", folder.resolve("none").toString(), "--source", "shop"));
        assertTrue(command.err().contains("can't be read"), command.err());
        assertEquals(2, command.run("intake", "try", file(ORDER)));
        assertTrue(command.err().contains("missing: --source"), command.err());
        command.with("alohub.intake.sources.shop.preset", "woo");
        assertEquals(1, command.run("intake", "try", file(ORDER), "--source", "shop"));
        assertTrue(command.err().contains("preset is unknown"), command.err());
    }

    @Test
    void where_versions_decide_a_form_needs_none() throws Exception {
        command.with("alohub.order", "source-version");
        assertEquals(
                0,
                command.run("intake", "try", file("{\"phone\": \"0868793800\"}"), "--source", "landing"),
                command.out());
    }
}
