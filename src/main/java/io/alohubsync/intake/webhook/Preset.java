package io.alohubsync.intake.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Platforms whose payloads are known: where a customer's fields are, in the form of the settings of a source, and what the platform signs
 * with. docs/intake.md says where each shape was taken from.
 */
public enum Preset {
    /** A landing page's form, as JSON or as a form. */
    LADIPAGE(new Fields("/phone | /form/phone", "/name | /full_name", "/email", "/id", "/submitted_at"), null, null),

    /** A customer, or an order with its customer. */
    HARAVAN(
            new Fields(
                    "/customer/phone | /phone | /default_address/phone | /billing_address/phone | /shipping_address/phone",
                    "/customer/last_name + /customer/first_name | /last_name + /first_name | /default_address/name"
                            + " | /billing_address/name",
                    "/customer/email | /email",
                    "/customer/id | /id",
                    "/customer/updated_at | /updated_at"),
            null,
            "X-Haravan-Hmacsha256"),

    /** Notifications of customers, several in a delivery; of orders and invoices their customers. */
    KIOTVIET(
            new Fields(
                    "/ContactNumber | /CustomerContactNumber | /OrderDelivery/ContactNumber | /InvoiceDelivery/ContactNumber",
                    "/Name | /CustomerName | /OrderDelivery/Receiver | /InvoiceDelivery/Receiver",
                    "/Email",
                    "/Code | /CustomerCode",
                    "/ModifiedDate"),
            "/Notifications/*/Data/*",
            "X-Hub-Signature"),

    SAPO(
            new Fields(
                    "/customer/phone | /phone | /phone_number | /default_address/phone | /billing_address/phone",
                    "/customer/last_name + /customer/first_name | /last_name + /first_name | /name | /billing_address/name",
                    "/customer/email | /email",
                    "/customer/id | /id",
                    "/customer/modified_on | /modified_on"),
            null,
            "X-Sapo-Hmac-Sha256"),

    /** Pancake POS: an order with its customer, or a customer. */
    PANCAKE(
            new Fields(
                    "/bill_phone_number | /customer/phone_numbers | /phone_numbers | /shipping_address/phone_number",
                    "/bill_full_name | /customer/name | /name | /shipping_address/full_name",
                    "/bill_email | /customer/emails | /emails",
                    "/customer/id | /customer/customer_id | /id",
                    "/updated_at"),
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

    /** The action "Send Webhook Notification" on a contact or a lead. */
    ODOO(
            new Fields(
                    "/phone | /mobile",
                    "/contact_name | /partner_name | /name",
                    "/email | /email_from",
                    "/_id",
                    "/write_date"),
            null,
            null),

    /** What n8n's trigger for Facebook Lead Ads passes on, simplified or not. */
    FACEBOOK(
            new Fields(
                    "/data/phone_number | /field_data/[name=phone_number]/values | /data/phone"
                            + " | /field_data/[name=phone]/values | /phone_number",
                    "/data/full_name | /field_data/[name=full_name]/values | /data/last_name + /data/first_name"
                            + " | /field_data/[name=last_name]/values + /field_data/[name=first_name]/values | /full_name",
                    "/data/email | /field_data/[name=email]/values | /email",
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
