package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadReaderTest {

    @Test
    void alohubs_three_fields_are_read_and_others_passed_over() {
        NewLead lead =
                LeadReader.read("{\"phone\": \"0868793800\", \"utm\": {\"a\": [1, {}]}, \"email\": \"bang@gmail.com\","
                        + " \"name\": \"bang do\"}");
        assertEquals(new NewLead("0868793800", "bang do", "bang@gmail.com", null, null), lead);
    }

    @Test
    void the_sources_own_key_and_version_are_read() {
        NewLead lead =
                LeadReader.read("{\"phone\":\"0868793800\",\"source_ref\":17,\"source_version\":\"1700000000000\"}");
        assertEquals(new NewLead("0868793800", null, null, "17", 1_700_000_000_000L), lead);
    }

    @Test
    void a_number_keeps_its_digits_as_they_stand() {
        assertEquals("868793800", LeadReader.read("{\"phone\": 868793800}").phone());
        assertEquals("8.6879380E8", LeadReader.read("{\"phone\": 8.6879380E8}").phone());
        assertEquals(
                "84868793800",
                LeadReader.read("{\"phone\": 84868793800, \"name\": null}").phone());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{\"phone\": \"0868793800\"",
                "{\"phone\": \"0868793800\"} {}",
                "{\"phone\": \"0868793800\"}]",
                "{\"phone\": \"1\", \"phone\": \"2\"}",
                "{\"other\": 1, \"other\": 2}",
                "{'phone': '0868793800'}",
                "{\"phone\": 0868793800}",
                "{\"phone\": NaN}",
                "{\"a\": \"\u0001\"}"
            })
    void what_is_not_one_object_of_json_is_refused(String json) {
        Refused refused = assertThrows(Refused.class, () -> LeadReader.read(json));
        assertEquals("INVALID_JSON", refused.refusal().code(), json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"phone" | sai cú pháp
            {"phone": "1", "phone": "2"} | có trường xuất hiện hai lần
            [] | không bắt đầu bằng {
            {} {} | phía sau đối tượng còn nội dung khác
            {"x": 9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999} | lồng quá sâu, hoặc có tên trường hay số quá dài
            """)
    void what_is_wrong_with_the_json_is_said_in_vietnamese(String json, String kind) {
        Refused refused = assertThrows(Refused.class, () -> LeadReader.read(json));
        assertEquals(
                "Nội dung yêu cầu không phải một đối tượng JSON hợp lệ: " + kind + ".",
                refused.problem(true).detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"phone\": true}", "{\"phone\": {}}", "{\"name\": []}", "{\"email\": [\"a@b.vn\"]}"})
    void a_field_of_another_type_is_named(String json) {
        Refused refused = assertThrows(Refused.class, () -> LeadReader.read(json));
        assertEquals("INVALID_FIELD", refused.refusal().code());
        assertTrue(json.contains(String.valueOf(refused.problem(false).field())), json);
    }

    /** As some platforms' languages write whole numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"1767323045000.0", "\"1767323045000.00\""})
    void a_version_may_be_written_with_a_point_and_zeros(String version) {
        assertEquals(
                1_767_323_045_000L,
                LeadReader.read("{\"source_version\": " + version + "}").version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.05", "\".0\"", "\"x\"", "99999999999999999999", "1e3", "1e400"})
    void a_version_is_a_whole_number_of_64_bits(String version) {
        Refused refused = assertThrows(Refused.class, () -> LeadReader.read("{\"source_version\": " + version + "}"));
        assertEquals("source_version", refused.problem(false).field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud800", "\\udc00\\ud800", "x\\ud83d"})
    void a_nul_and_half_of_a_surrogate_pair_are_refused(String name) {
        Refused refused = assertThrows(Refused.class, () -> LeadReader.read("{\"name\": \"" + name + "\"}"));
        assertEquals("name", refused.problem(false).field());
    }

    @Test
    void a_whole_surrogate_pair_is_a_character() {
        assertEquals(
                "\uD83D\uDE00",
                LeadReader.read("{\"name\": \"\\ud83d\\ude00\"}").name());
    }

    @Test
    void deep_json_is_refused_without_a_deep_stack() {
        String deep = "{\"a\": " + "[".repeat(15_000) + "]".repeat(15_000) + "}";
        Refused refused = assertThrows(Refused.class, () -> LeadReader.read(deep));
        assertEquals("INVALID_JSON", refused.refusal().code());
    }

    @Test
    void a_refusal_quotes_nothing_of_the_request() {
        Refused refused = assertThrows(Refused.class, () -> LeadReader.read("{\"phone\": \"0912345678\", Nguyen}"));
        String said = refused.problem(false) + refused.getMessage();
        assertTrue(!said.contains("Nguyen") && !said.contains("345678"), said);
    }

    @Test
    void a_body_that_is_no_utf_8_is_refused_and_a_byte_order_mark_is_none_of_it() {
        byte[] latin = "{\"name\": \"Thủy\"}".getBytes(StandardCharsets.UTF_16);
        assertThrows(Refused.class, () -> Body.text(latin));
        byte[] broken = {'{', (byte) 0xC3, '}'};
        assertThrows(Refused.class, () -> Body.text(broken));
        assertEquals("{}", Body.text("\uFEFF{}".getBytes(StandardCharsets.UTF_8)));
    }
}
