package io.alohubsync.intake.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.intake.NewLead;
import io.alohubsync.intake.Refused;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    private static JsonNode json(String text) {
        return Payload.json(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** As an account's settings would come: from properties. */
    static SourceSettings settings(Map<String, String> own) {
        Map<String, String> all = new HashMap<>(Map.of("alohub.intake.sources.shop.account", "default"));
        own.forEach((name, value) -> all.put("alohub.intake.sources.shop." + name, value));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(AlohubSettings.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(AlohubSettings.class)
                .intake()
                .sources()
                .get("shop");
    }

    private static List<NewLead> leads(Map<String, String> own, JsonNode payload) {
        SourceSettings settings = settings(own);
        return Mapping.of(settings, settings.preset().flatMap(Preset::named)).leads(payload);
    }

    @Test
    void an_empty_text_hides_no_other_of_its_list_or_of_a_field_that_comes_twice() {
        Map<String, String> own = Map.of("phone", "/phones", "name", "/name");
        NewLead lead = new NewLead("0868793800", "Thủy", null, null, null);
        assertEquals(
                List.of(lead),
                leads(own, json("{'phones': ['', ' ', null, '0868793800', '0912345678'], 'name': 'Thủy'}")));
        assertEquals(
                List.of(lead),
                leads(
                        Map.of("phone", "phones"),
                        Payload.form("phones=&phones=+&phones=0868793800&phones=0912345678&name=&name=Th%E1%BB%A7y"
                                .getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void fields_are_found_by_pointers_alternatives_and_parts() {
        Map<String, String> own = Map.of(
                "phone", "/customer/phone | /tel",
                "name", "/last + /first",
                "email", "/mails/0",
                "reference", "/a~1b",
                "version", "/at");
        assertEquals(
                List.of(new NewLead("0868793800", "Nguyễn Thủy", "a@b.vn", "7", 1_700_000_000_000_000L)),
                leads(
                        own,
                        json("{'customer': {'phone': ''}, 'tel': '0868793800', 'first': 'Thủy', 'last': 'Nguyễn',"
                                + " 'mails': ['a@b.vn'], 'a/b': 7, 'at': '2023-11-14T22:13:20Z'}")));
    }

    @Test
    void parts_are_joined_by_a_space_or_by_the_text_between_them() {
        Map<String, String> own =
                Map.of("phone", "/none | /mobile +' | '+ /phone", "name", "/a + /b", "reference", "/kind+'/'+/id");
        assertEquals(
                List.of(new NewLead("1 | 2", "A B", null, "x/7", null)),
                leads(own, json("{'mobile': 1, 'phone': 2, 'a': 'A', 'b': 'B', 'kind': 'x', 'id': 7}")));
        assertEquals(
                List.of(new NewLead("2", "B", null, "7", null)), leads(own, json("{'phone': 2, 'b': 'B', 'id': 7}")));
    }

    @Test
    void a_delivery_holds_one_customer_or_an_array_of_them() {
        Map<String, String> own = Map.of("items", "/data/*/rows/*", "phone", "/p");
        assertEquals(
                List.of("1", "2", "3"),
                leads(own, json("{'data': [{'rows': [{'p': 1}, {'p': 2}]}, {'rows': []}, {'rows': [{'p': '3'}, {}]}]}"))
                        .stream()
                        .map(NewLead::phone)
                        .toList());
        assertEquals(
                2, leads(Map.of(), json("[{'phone': '1'}, {'phone': '2'}]")).size());
        for (String items : List.of("/data", "/data/*")) {
            Map<String, String> data = Map.of("items", items);
            assertEquals(
                    2,
                    leads(data, json("{'data': [{'phone': '1'}, {'phone': '2'}]}"))
                            .size());
            assertEquals(1, leads(data, json("{'data': {'phone': '1'}}")).size());
            assertEquals(0, leads(data, json("{'data': []}")).size());
        }
        assertEquals(List.of(), leads(Map.of(), json("{'ping': true}")));
        assertEquals(List.of(), leads(Map.of(), json("'x'")));
    }

    @Test
    void a_field_may_count_only_where_another_one_is_missing() {
        Map<String, String> own = Map.of("phone", "/phone", "name", "/[!order]/name");
        assertEquals(
                "Thủy",
                leads(own, json("{'phone': '1', 'name': 'Thủy'}")).getFirst().name());
        assertNull(leads(own, json("{'phone': '1', 'name': '#1001', 'order': null}"))
                .getFirst()
                .name());
    }

    @Test
    void a_field_may_count_only_where_another_one_has_a_value() {
        Map<String, String> own = Map.of("phone", "/phone", "name", "/[kind=person]/name");
        assertEquals(
                "Thủy",
                leads(own, json("{'phone': '1', 'name': 'Thủy', 'kind': 'person'}"))
                        .getFirst()
                        .name());
        assertNull(
                leads(own, json("{'phone': '1', 'name': 'A1', 'kind': 'deal', 'x': {'kind': 'person', 'name': 'x'}}"))
                        .getFirst()
                        .name());
    }

    @Test
    void a_form_has_fields_as_json_has() {
        JsonNode form = Payload.form(
                "name=Nguy%E1%BB%85n+Th%E1%BB%A7y&phone=0868793800&phone=1&empty&=x".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(new NewLead("0868793800", "Nguyễn Thủy", null, null, null)),
                leads(Map.of("phone", "phone", "name", "name"), form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "%"})
    void a_broken_form_is_refused(String form) {
        assertThrows(Refused.class, () -> Payload.form(form.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_form_with_thousands_of_fields_is_refused() {
        assertThrows(Refused.class, () -> Payload.form("a=1&".repeat(2000).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"a\":1,\"a\":2}"})
    void json_is_read_as_strictly_as_a_lead(String text) {
        assertThrows(Refused.class, () -> Payload.json(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "/a |", "/a + ", "/a +'/'+", "|", "/{fone}", "/a/[name={fone}]"})
    void an_expression_without_a_place_is_unsound(String text) {
        assertThrows(IllegalArgumentException.class, () -> Expression.of(text));
    }

    /** As some platforms' languages write whole numbers. */
    @Test
    void a_number_is_taken_as_it_was_written() {
        Map<String, String> own = Map.of("phone", "/phone", "version", "/at");
        assertEquals(
                List.of(new NewLead("868793800.0", null, null, null, 1_715_588_472_000L)),
                leads(own, json("{'phone': 868793800.0, 'at': 1715588472000.0}")));
        assertEquals(
                List.of(new NewLead("84868793800", null, null, null, null)),
                leads(own, json("{'phone': 84868793800, 'at': 1e400}")));
    }

    @Test
    void presets_are_known_by_their_names() {
        for (Preset preset : Preset.values()) {
            assertEquals(Optional.of(preset), Preset.named(preset.name().toLowerCase(java.util.Locale.ROOT)));
            Mapping.of(settings(Map.of()), Optional.of(preset));
        }
        assertEquals(Optional.empty(), Preset.named("shopee"));
    }

    @Test
    void what_cannot_be_stored_is_replaced_and_costs_no_other_customer() {
        JsonNode payload = Payload.json(
                "[{\"phone\": \"0868793800\", \"name\": \"A\\u0000\\ud800B\"}, {\"phone\": \"0868793801\"}]"
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(
                        new NewLead("0868793800", "A\uFFFD\uFFFDB", null, null, null),
                        new NewLead("0868793801", null, null, null, null)),
                leads(Map.of(), payload));
    }
}
