package io.alohubsync.intake.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Platforms whose payloads are known: where a customer's fields are, in the form of the settings of
 * a source, and what the platform signs with. The page of each in docs/recipes says where its shape
 * was taken from.
 */
public enum Preset {
    /**
     * A landing page's form, as JSON or as a form, with the names that its linked account gives the
     * fields.
     */
    LADIPAGE(
            new Fields(
                    "/phone | /{phone}",
                    "/name | /{full_name} | /{family_name} + /{middle_name} + /{given_name}",
                    "/email | /{email}",
                    "/source_ref",
                    "/source_version"),
            null,
            null),

    /**
     * A customer, or an order with its customer. Orders without an e-mail may share one customer,
     * the guest: these are known by their own id.
     */
    HARAVAN(
            new Fields(
                    "/customer/phone | /customer/default_address/phone | /phone | /default_address/phone | /billing_address/phone"
                            + " | /shipping_address/phone",
                    "/customer/last_name + /customer/first_name | /customer/default_address/name | /last_name + /first_name"
                            + " | /default_address/name | /billing_address/name | /shipping_address/name",
                    "/customer/email | /email",
                    "/[email=guest@haravan.com]/id | /customer/id | /id",
                    "/[email=guest@haravan.com]/updated_at | /customer/updated_at | /updated_at"),
            null,
            "X-Haravan-Hmacsha256"),

    /**
     * Notifications of customers, several in a delivery. An invoice has the phone of the recipient;
     * an order has none.
     */
    KIOTVIET(
            new Fields(
                    "/ContactNumber | /InvoiceDelivery/ContactNumber",
                    "/Name | /InvoiceDelivery/Receiver | /CustomerName",
                    "/Email",
                    "/CustomerCode | /Code",
                    "/ModifiedDate"),
            "/Notifications/*/Data/*",
            "X-Hub-Signature"),

    /**
     * A customer or an order: of the point of sale (customer_data, phone_number), or of the web
     * shop (customer, phone). The name of an order is its number.
     */
    SAPO(
            new Fields(
                    "/customer_data/phone_number | /customer/phone | /customer/default_address/phone | /phone_number | /phone"
                            + " | /default_address/phone | /billing_address/phone | /billing_address/phone_number"
                            + " | /shipping_address/phone | /shipping_address/phone_number",
                    "/customer_data/name | /customer/last_name + /customer/first_name | /customer/name"
                            + " | /customer/default_address/name | /last_name + /first_name"
                            + " | /billing_address/name | /billing_address/full_name"
                            + " | /shipping_address/name | /shipping_address/full_name"
                            + " | /[!customer]/[!customer_data]/[!line_items]/[!order_line_items]/[!order_number]/name",
                    "/customer_data/email | /customer/email | /email",
                    "/customer_data/id | /customer/id | /id",
                    "/customer_data/modified_on | /customer/modified_on | /modified_on"),
            null,
            "X-Sapo-Hmac-Sha256"),

    /** Pancake POS: an order with its customer, or a customer. */
    PANCAKE(
            new Fields(
                    "/bill_phone_number | /customer/phone_numbers | /phone_numbers | /shipping_address/phone_number"
                            + " | /data/bill_phone_number | /data/phone_numbers",
                    "/bill_full_name | /customer/name | /name | /shipping_address/full_name | /data/bill_full_name | /data/name",
                    "/bill_email | /customer/emails | /emails | /data/bill_email | /data/emails",
                    "/customer/id | /customer/customer_id | /id | /data/customer/id | /data/id",
                    "/updated_at | /data/updated_at"),
            null,
            null),

    /** A customer or an order. */
    WOOCOMMERCE(
            new Fields(
                    "/billing/phone | /shipping/phone",
                    "/billing/last_name + /billing/first_name | /last_name + /first_name",
                    "/billing/email | /email",
                    "/id",
                    "/date_modified_gmt"),
            null,
            "X-WC-Webhook-Signature"),

    /**
     * The action "Send Webhook Notification" on a contact or a lead. Both of its phones in one
     * text: the phone rules take the mobile. The name of a lead is its title.
     */
    ODOO(
            new Fields(
                    "/mobile +' | '+ /phone",
                    "/contact_name | /partner_name | /[_model=res.partner]/name",
                    "/email | /email_from",
                    "/_model +'/'+ /_id",
                    "/write_date"),
            null,
            null),

    /**
     * What n8n's trigger for Facebook Lead Ads passes on, simplified or not. A form's own questions
     * name its fields, in the form's language.
     */
    FACEBOOK(
            new Fields(
                    "/data/phone_number | /field_data/[name=phone_number]/values | /data/{phone}"
                            + " | /field_data/[name={phone}]/values | /{phone}",
                    "/data/{full_name} | /field_data/[name={full_name}]/values"
                            + " | /data/{family_name} + /data/{middle_name} + /data/{given_name}"
                            + " | /field_data/[name={family_name}]/values + /field_data/[name={middle_name}]/values"
                            + " + /field_data/[name={given_name}]/values | /{full_name}",
                    "/data/{email} | /field_data/[name={email}]/values | /{email}",
                    "/id",
                    "/created_time"),
            null,
            null);

    /** Expressions, as in the settings of a source. */
    record Fields(String phone, String name, String email, String reference, String version) {}

    private final Fields fields;
    private final @Nullable String items;
    private final @Nullable String signatureHeader;

    Preset(Fields fields, @Nullable String items, @Nullable String signatureHeader) {
        this.fields = fields;
        this.items = items;
        this.signatureHeader = signatureHeader;
    }

    Fields fields() {
        return fields;
    }

    @Nullable
    String items() {
        return items;
    }

    /** null: the platform does not sign. */
    @Nullable
    String signatureHeader() {
        return signatureHeader;
    }

    /** Whether it is the call with which the platform tries the address, which it does not sign. */
    boolean isTestCall(byte[] body) {
        return this == WOOCOMMERCE
                && body.length < 40
                && new String(body, StandardCharsets.ISO_8859_1).matches("webhook_id=[0-9]+");
    }

    static Optional<Preset> named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    static String names() {
        return String.join(
                ", ",
                Arrays.stream(values())
                        .map(preset -> preset.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
