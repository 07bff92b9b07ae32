package io.alohubsync.intake.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.intake.NewLead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Payloads in the platforms' documented shapes; the pages in docs/recipes say where each was taken
 * from.
 */
class PresetTest {

    private static JsonNode json(String text) {
        return Payload.json(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<NewLead> leads(Preset preset, JsonNode payload) {
        return Mapping.of(MappingTest.settings(Map.of()), Optional.of(preset)).leads(payload);
    }

    private static NewLead lead(Preset preset, String payload) {
        List<NewLead> leads = leads(preset, json(payload));
        assertEquals(1, leads.size());
        return leads.getFirst();
    }

    @Test
    void ladipage_sends_a_form_or_json() {
        NewLead expected = new NewLead("0868793800", "Nguyễn Thị Thủy", "thuy@example.vn", null, null);
        byte[] form =
                "name=Nguy%E1%BB%85n+Th%E1%BB%8B+Th%E1%BB%A7y&phone=0868793800&email=thuy%40example.vn&message=hi&utm_source=fb"
                        .getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(expected), leads(Preset.LADIPAGE, Payload.form(form)));
        assertEquals(
                expected,
                lead(
                        Preset.LADIPAGE,
                        "{'name': 'Nguyễn Thị Thủy', 'phone': '0868793800', 'email': 'thuy@example.vn', 'url_page': 'https://x.vn'}"));
    }

    @Test
    void haravan_sends_a_customer_or_an_order() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", "thuy@example.vn", "1001", 1_767_323_045_000_000L),
                lead(
                        Preset.HARAVAN,
                        "{'id': 1001, 'email': 'thuy@example.vn', 'first_name': 'Thủy', 'last_name': 'Nguyễn', 'phone': '0868793800',"
                                + " 'updated_at': '2026-01-02T03:04:05.000Z', 'default_address': {'phone': null}}"));
        assertEquals(
                new NewLead("0912345678", "Nguyễn Thủy", "thuy@example.vn", "1001", null),
                lead(
                        Preset.HARAVAN,
                        "{'id': 5, 'email': 'order@example.vn', 'customer': {'id': 1001, 'email': 'thuy@example.vn', 'phone': null,"
                                + " 'first_name': 'Thủy', 'last_name': 'Nguyễn'}, 'billing_address': {'phone': '0912345678'}}"));
    }

    @Test
    void an_order_of_haravan_may_have_the_phone_in_the_customers_own_address() {
        assertEquals(
                "0912345678",
                lead(
                                Preset.HARAVAN,
                                "{'id': 5, 'customer': {'id': 1001, 'phone': null, 'default_address': {'phone': '0912345678'}},"
                                        + " 'billing_address': {'phone': '0868793800'}}")
                        .phone());
    }

    @Test
    void an_invoice_of_kiotviet_has_phone_and_name_of_who_receives_the_goods() {
        assertEquals(
                new NewLead("0912345678", "Nam", null, "KH001", null),
                lead(
                        Preset.KIOTVIET,
                        "{'Notifications': [{'Action': 'invoice.update', 'Data': [{'Id': 7, 'Code': 'HD001', 'CustomerCode': 'KH001',"
                                + " 'CustomerName': 'Thủy', 'InvoiceDelivery': {'Receiver': 'Nam', 'ContactNumber': '0912345678'}}]}]}"));
        assertEquals(List.of(), leads(Preset.KIOTVIET, json("{'RemoveId': [1001, 1002]}")));
    }

    @Test
    void kiotviet_sends_several_customers_in_notifications() {
        List<NewLead> leads = leads(
                Preset.KIOTVIET,
                json(
                        "{'Id': 'n1', 'Attempt': 1, 'Notifications': [{'Action': 'customer.update.500', 'Data': ["
                                + "{'Id': 1, 'Code': 'KH001', 'Name': 'Thủy', 'ContactNumber': '0868793800', 'Email': 'thuy@example.vn',"
                                + " 'ModifiedDate': '2026-01-02T03:04:05.7300000'},"
                                + "{'Id': 2, 'Code': 'KH002', 'Name': 'Nam', 'ContactNumber': '0912345678', 'Email': null}]}]}"));
        assertEquals(
                List.of(
                        new NewLead("0868793800", "Thủy", "thuy@example.vn", "KH001", 1_767_323_045_730_000L),
                        new NewLead("0912345678", "Nam", null, "KH002", null)),
                leads);
    }

    @Test
    void sapo_sends_a_customer_or_an_order() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", "thuy@example.vn", "9", null),
                lead(
                        Preset.SAPO,
                        "{'id': 9, 'email': 'thuy@example.vn', 'first_name': 'Thủy', 'last_name': 'Nguyễn', 'phone': '0868793800'}"));
        assertEquals(
                "0912345678",
                lead(
                                Preset.SAPO,
                                "{'id': 1, 'customer': {'id': 9}, 'billing_address': {'phone': '0912345678', 'name': 'A'}}")
                        .phone());
    }

    @Test
    void an_order_of_sapos_point_of_sale_has_its_customer_in_customer_data() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", "thuy@example.vn", "9", 1_767_323_045_000_000L),
                lead(
                        Preset.SAPO,
                        "{'id': 1, 'code': 'SON1', 'phone_number': '0912345678', 'email': 'x@example.vn', 'modified_on': '2026-02-02T00:00:00Z',"
                                + " 'customer_data': {'id': 9, 'name': 'Nguyễn Thủy', 'phone_number': '0868793800',"
                                + " 'email': 'thuy@example.vn', 'modified_on': '2026-01-02T03:04:05Z'}}"));
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", null, "9", null),
                lead(
                        Preset.SAPO,
                        "{'id': 9, 'code': 'CUZN1', 'name': 'Nguyễn Thủy', 'phone_number': '0868793800', 'email': ''}"));
        assertEquals(
                "Nguyễn Thủy",
                lead(
                                Preset.SAPO,
                                "{'id': 1, 'name': '#1001', 'billing_address': {'phone': '0868793800', 'name': 'Nguyễn Thủy'}}")
                        .name());
    }

    @Test
    void an_order_of_sapos_web_shop_has_phone_and_name_in_any_of_its_addresses_and_its_number_is_no_name() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", null, "1", null),
                lead(
                        Preset.SAPO,
                        "{'id': 1, 'name': '#1001', 'phone': null, 'customer': null, 'billing_address': null,"
                                + " 'shipping_address': {'name': 'Nguyễn Thủy', 'phone': '0868793800'}}"));
        assertEquals(
                new NewLead("0912345678", "Nguyễn Thủy", null, "9", null),
                lead(
                        Preset.SAPO,
                        "{'id': 1, 'name': '#1001', 'customer': {'id': 9, 'phone': null, 'default_address': {'phone': '0912345678',"
                                + " 'name': 'Nguyễn Thủy'}}, 'shipping_address': {'phone': '0868793800', 'name': 'Nam'}}"));
        for (String order :
                List.of("'line_items': []", "'order_line_items': []", "'order_number': 1001", "'customer': null")) {
            assertNull(lead(Preset.SAPO, "{'id': 1, 'name': '#1001', 'phone': '0868793800', " + order + "}")
                    .name());
        }
    }

    @Test
    void an_order_of_haravan_may_have_the_name_in_an_address() {
        for (String place : List.of("'customer': {'default_address': %s}", "'shipping_address': %s")) {
            String address = place.formatted("{'phone': '0868793800', 'name': 'Nguyễn Thủy'}");
            assertEquals(
                    new NewLead("0868793800", "Nguyễn Thủy", null, "5", null),
                    lead(Preset.HARAVAN, "{'id': 5, 'name': '#1001', " + address + "}"));
        }
    }

    /** Orders without an e-mail may share one customer, whose id is nobody's reference. */
    @Test
    void an_order_of_haravans_guest_is_known_by_its_own_id() {
        String order = "{'id': 5, 'email': '%1$s', 'updated_at': '2026-01-02T03:04:05Z', 'customer': {'id': 1117709100,"
                + " 'email': '%1$s', 'phone': null, 'first_name': null, 'last_name': null, 'default_address': null,"
                + " 'updated_at': '2026-02-02T00:00:00Z'}, 'shipping_address': {'phone': '0868793800', 'name': 'Nguyễn Thủy'}}";
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", "guest@haravan.com", "5", 1_767_323_045_000_000L),
                lead(Preset.HARAVAN, order.formatted("guest@haravan.com")));
        assertEquals(
                "1117709100",
                lead(Preset.HARAVAN, order.formatted("thuy@example.vn")).reference());
    }

    @Test
    void pancake_sends_an_order_with_its_customer() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", null, "c-1", null),
                lead(
                        Preset.PANCAKE,
                        "{'id': 77, 'bill_full_name': 'Nguyễn Thủy', 'bill_phone_number': '0868793800', 'customer': {'id': 'c-1',"
                                + " 'name': 'Thủy', 'phone_numbers': ['0912345678'], 'emails': []}}"));
        assertEquals(
                new NewLead("0912345678", "Thủy", "thuy@example.vn", "c-1", null),
                lead(
                        Preset.PANCAKE,
                        "{'id': 'c-1', 'name': 'Thủy', 'phone_numbers': ['0912345678'], 'emails': ['thuy@example.vn']}"));
    }

    @Test
    void pancake_may_send_an_envelope() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", null, "1418", null),
                lead(
                        Preset.PANCAKE,
                        "{'event': 'order.created', 'data': {'id': 1418, 'bill_full_name': 'Nguyễn Thủy', 'bill_phone_number': '0868793800'}}"));
    }

    @Test
    void woocommerce_sends_a_customer_or_an_order_and_first_a_ping() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", "thuy@example.vn", "25", 1_767_323_045_000_000L),
                lead(
                        Preset.WOOCOMMERCE,
                        "{'id': 25, 'date_modified_gmt': '2026-01-02T03:04:05', 'email': 'account@example.vn', 'billing': {"
                                + "'first_name': 'Thủy', 'last_name': 'Nguyễn', 'email': 'thuy@example.vn', 'phone': '0868793800'},"
                                + " 'shipping': {'phone': ''}}"));
        assertEquals(
                List.of(), leads(Preset.WOOCOMMERCE, Payload.form("webhook_id=3".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void odoo_sends_the_fields_that_were_chosen_and_false_for_nothing() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", null, "res.partner/12", 1_767_323_045_000_000L),
                lead(
                        Preset.ODOO,
                        "{'_model': 'res.partner', '_id': 12, '_action': 'To Alohub(#5)', 'id': 12, 'name': 'Nguyễn Thủy',"
                                + " 'phone': false, 'mobile': '0868793800', 'email': false, 'write_date': '2026-01-02 03:04:05'}"));
    }

    @Test
    void the_title_of_odoos_lead_is_no_name() {
        String lead = "{'_model': 'crm.lead', '_id': 5, 'name': 'Quan tâm căn hộ A1', 'contact_name': %s,"
                + " 'partner_name': false, 'phone': '0868793800'}";
        assertEquals(
                new NewLead("0868793800", null, null, "crm.lead/5", null), lead(Preset.ODOO, lead.formatted("false")));
        assertEquals("Thủy", lead(Preset.ODOO, lead.formatted("'Thủy'")).name());
    }

    /** As the triggers for Odoo's own database write them. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'0868 793 800', +84868793800",
                "false, +842838221234",
                "'x', +842838221234",
                "'028 3822 1234', +842838221234"
            })
    void of_odoos_two_phones_the_mobile_is_taken(String mobile, String taken) {
        String phone = lead(
                        Preset.ODOO,
                        "{'_model': 'res.partner', '_id': 12, 'phone': '028 3822 1234', 'mobile': " + mobile + "}")
                .phone();
        Phone read = new PhoneNormalizer(PhoneRules.standard()).normalize(phone).value();
        assertEquals(taken, String.valueOf(read == null ? null : read.e164()));
    }

    @Test
    void facebook_lead_forms_come_through_n8n_simplified_or_not() {
        NewLead expected = new NewLead("+84868793800", "Nguyễn Thủy", "thuy@example.vn", "987", 1_767_323_045_000_000L);
        assertEquals(
                expected,
                lead(
                        Preset.FACEBOOK,
                        "{'id': '987', 'data': {'full_name': 'Nguyễn Thủy', 'email': 'thuy@example.vn', 'phone_number': '+84868793800'},"
                                + " 'form': {'id': '1', 'name': 'F'}, 'created_time': '2026-01-02T03:04:05+0000'}"));
        assertEquals(
                expected,
                lead(
                        Preset.FACEBOOK,
                        "{'id': '987', 'field_data': [{'name': 'full_name', 'values': ['Nguyễn Thủy']}, {'name': 'email', 'values':"
                                + " ['thuy@example.vn']}, {'name': 'phone_number', 'values': ['+84868793800']}],"
                                + " 'created_time': '2026-01-02T03:04:05+0000'}"));
        assertEquals(
                2,
                leads(
                                Preset.FACEBOOK,
                                json(
                                        "[{'id': '1', 'data': {'phone_number': '1'}}, {'id': '2', 'data': {'phone_number': '2'}}]"))
                        .size());
    }

    /** A form in Vietnamese has Vietnamese names of fields, with or without diacritics. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            họ_và_tên | số_điện_thoại | email
            ho_va_ten | so_dien_thoai | email
            tên_đầy_đủ | số_điện_thoại_của_bạn | địa_chỉ_email
            Họ và tên | SĐT | E-mail
            Họ tên | Số điện thoại (Zalo) | email_của_bạn
            tên_của_bạn | Điện thoại | Thư điện tử
            tên_của_bạn | Ðiện thoại | Thư điện tử
            full name | Phone number | work_email
            FULL_NAME | PHONE_NUMBER | EMAIL
            """)
    void a_form_in_vietnamese_has_vietnamese_names_of_fields(String name, String phone, String email) {
        NewLead expected = new NewLead("0868793800", "Nguyễn Thủy", "thuy@example.vn", "987", null);
        String fields = "'%s': 'Nguyễn Thủy', '%s': '0868793800', '%s': 'thuy@example.vn', 'nhu_cầu': 'mua nhà'"
                .formatted(name, phone, email);
        assertEquals(expected, lead(Preset.FACEBOOK, "{'id': '987', 'data': {" + fields + "}}"));
        String list =
                "{'name': '%s', 'values': ['Nguyễn Thủy']}, {'name': '%s', 'values': ['0868793800']}, {'name': '%s', 'values': ['thuy@example.vn']}"
                        .formatted(name, phone, email);
        assertEquals(expected, lead(Preset.FACEBOOK, "{'id': '987', 'field_data': [" + list + "]}"));
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", "thuy@example.vn", null, null),
                lead(Preset.LADIPAGE, "{" + fields + "}"));
    }

    @ParameterizedTest
    @CsvSource({"họ,tên", "last_name,first_name", "Họ,Tên", "ho_dem,ten"})
    void a_name_in_two_questions_is_put_together(String family, String given) {
        String fields = "'%s': 'Thủy', '%s': 'Nguyễn', 'phone_number': '0868793800'".formatted(given, family);
        assertEquals(
                "Nguyễn Thủy",
                lead(Preset.FACEBOOK, "{'id': '987', 'data': {" + fields + "}}").name());
        assertEquals("Nguyễn Thủy", lead(Preset.LADIPAGE, "{" + fields + "}").name());
    }

    @Test
    void the_surest_of_several_fields_is_taken() {
        assertEquals(
                new NewLead("0868793800", "Nguyễn Thủy", null, "1", null),
                lead(
                        Preset.FACEBOOK,
                        "{'id': '1', 'data': {'bạn_muốn_gọi_điện_thoại_lúc_mấy_giờ?': '18h', 'tên': 'Thủy',"
                                + " 'họ_và_tên': 'Nguyễn Thủy', 'số_điện_thoại': '0868793800'}}"));
    }
}
