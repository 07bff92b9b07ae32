package io.alohubsync.operate.acts;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.Normalized;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.contact.Reason;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Columns;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Why;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a correction as the source {@code console} would: as outbox rows, which the merge folds
 * in. They win over what they replace, and lose to what a source says later: where the account
 * orders by versions, each carries the version of the value that it replaces.
 */
final class Corrections {

    static final String SOURCE = "console";

    private static final Sql LOCK = Sql.named("operate/lock-to-correct");
    private static final Sql READ_CORRECTED_TO = Sql.named("operate/read-corrected-to");
    private static final Sql READ_RIGHT = Sql.named("operate/read-right-customer");
    private static final Sql WRITE = Sql.named("operate/write-correction");
    private static final Sql LINK = Sql.named("operate/link-corrected-phone");
    private static final Sql UNLINK = Sql.named("operate/unlink-corrected-phone");

    private final PhoneNormalizer phones;
    private final NameNormalizer names;
    private final EmailNormalizer emails;

    Corrections(AlohubSettings settings) {
        this.phones = new PhoneNormalizer(PhoneRules.of(settings.phone()));
        this.names = new NameNormalizer(settings.name().placeholders());
        this.emails = new EmailNormalizer(settings.email().placeholders());
    }

    /** As it is merged later. @param phone null: the same */
    record Clean(
            @Nullable String phone,
            @Nullable String name,
            @Nullable String email) {}

    private record Customer(
            String account,
            String phone,
            @Nullable String name,
            @Nullable String email,
            int revision,
            Versions versions) {}

    private record Versions(
            boolean count, @Nullable Long name, @Nullable Long email) {}

    /** The customer that has the right phone already. */
    private record Right(@Nullable String name, @Nullable String email, boolean isHeld, boolean isAnother) {

        static final Right NONE = new Right(null, null, false, false);

        boolean keepsName() {
            return isAnother && name != null;
        }

        boolean keepsEmail() {
            return isAnother && email != null;
        }
    }

    /** @throws Declined a value is none that could be sent */
    Clean clean(Correction correction) {
        return new Clean(
                correction.phone() == null ? null : phone(correction.phone()),
                correction.name() == null ? null : value(names.normalize(correction.name()), Why.NAME, "name"),
                correction.email() == null ? null : value(emails.normalize(correction.email()), Why.EMAIL, "email"));
    }

    private String phone(String typed) {
        Normalized<Phone> phone = phones.normalize(typed);
        if (phone.value() == null) {
            Reason reason = phone.reasons().iterator().next();
            throw Declined.phone(reason);
        }
        return phone.value().e164();
    }

    private static String value(Normalized<String> value, Why why, String field) {
        if (value.value() == null) {
            throw Declined.field(why, field);
        }
        return value.value();
    }

    /**
     * @return the phone of the customer that is right now, E.164
     * @throws Declined the customer is not there, has changed, would not change, its phone was corrected
     *                  before, or the right one has another customer
     */
    Corrected write(Connection connection, long id, Clean clean, Correction correction) throws SQLException {
        Customer customer = lock(connection, id, clean.phone());
        if (correction.revision() != null && correction.revision() != customer.revision()) {
            throw Declined.because(Why.CHANGED_MEANWHILE);
        }
        boolean moves = clean.phone() != null && !clean.phone().equals(customer.phone());
        boolean renames = clean.name() != null && !clean.name().equals(customer.name());
        boolean readdresses = clean.email() != null && !clean.email().equals(customer.email());
        if (!moves && !renames && !readdresses) {
            throw Declined.because(Why.NOTHING_CHANGES);
        }
        String phone = moves ? String.valueOf(clean.phone()) : customer.phone();
        if (isRepeated(connection, id, moves ? phone : null, renames || readdresses)) {
            return new Corrected(customer.account(), customer.phone(), phone, true, false, false, true);
        }
        Right right = moves ? right(connection, customer, phone) : Right.NONE;
        if (right.isAnother() && !correction.ontoExisting()) {
            throw Declined.because(Why.ONTO_EXISTING);
        }
        @Nullable String name = renames ? clean.name() : moves && !right.keepsName() ? customer.name() : null;
        @Nullable String email = readdresses ? clean.email() : moves && !right.keepsEmail() ? customer.email() : null;
        rows(connection, customer, "customer " + id, new Clean(phone, name, email));
        boolean wasHeld = moves && link(connection, id, customer.account(), phone);
        boolean staysHeld = right.isHeld() && !wasHeld;
        return new Corrected(customer.account(), customer.phone(), phone, moves, wasHeld, staysHeld, false);
    }

    private static Right right(Connection connection, Customer wrong, String phone) throws SQLException {
        return READ_RIGHT
                .on(connection)
                .set("phone", phone)
                .set("account", wrong.account())
                .set("wrong", wrong.phone())
                .list(row -> new Right(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)))
                .stream()
                .findFirst()
                .orElse(Right.NONE);
    }

    /**
     * @param phone E.164; null: it stays
     * @return the phone was corrected so before, and nothing is left to do
     * @throws Declined it was corrected before, so that another customer is the one to correct
     */
    private static boolean isRepeated(Connection connection, long id, @Nullable String phone, boolean changesMore)
            throws SQLException {
        record Led(String phone, boolean isHeld) {}
        List<Led> before = READ_CORRECTED_TO
                .on(connection)
                .set("customer", id)
                .list(row -> new Led(row.getString(1), row.getBoolean(2)));
        if (before.isEmpty()) {
            return false;
        }
        Led led = before.getFirst();
        boolean isSame = led.phone().equals(phone);
        boolean repeats = isSame && led.isHeld() && !changesMore;
        if (!repeats && (led.isHeld() || phone != null && !isSame)) {
            throw Declined.because(Why.ALREADY_CORRECTED, Sight.phone(led.phone()));
        }
        return repeats;
    }

    /** @return the right phone was taken for a wrong one before: its customer is held for that */
    private static boolean link(Connection connection, long id, String account, String phone) throws SQLException {
        LINK.on(connection)
                .set("customer", id)
                .set("account", account)
                .set("phone", phone)
                .update();
        return UNLINK.on(connection).set("phone", phone).set("account", account).list(row -> row.getBoolean(1)).stream()
                .anyMatch(isHeld -> isHeld);
    }

    /**
     * @param oldPhone E.164, as {@code phone}
     * @param wasHeld  the customer of {@code phone} is to be released
     * @param staysHeld the customer of {@code phone} is held for another reason
     * @param isRepeated it was corrected so before: nothing was written
     */
    record Corrected(
            String account,
            String oldPhone,
            String phone,
            boolean moves,
            boolean wasHeld,
            boolean staysHeld,
            boolean isRepeated) {}

    private static Customer lock(Connection connection, long id, @Nullable String phone) throws SQLException {
        return LOCK.on(connection).set("customer", id).set("phone", phone).list(Corrections::customer).stream()
                .findFirst()
                .orElseThrow(() -> Declined.because(Why.NO_CUSTOMER));
    }

    private static Customer customer(ResultSet row) throws SQLException {
        return new Customer(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                new Versions(row.getBoolean(6), Columns.number(row, 7), Columns.number(row, 8)));
    }

    /** One row, or one for each value where they go by versions of their own. */
    private static void rows(Connection connection, Customer customer, String reference, Clean values)
            throws SQLException {
        Versions versions = customer.versions();
        boolean together = !versions.count()
                || values.name() == null
                || values.email() == null
                || Objects.equals(versions.name(), versions.email());
        if (together) {
            Long version = !versions.count() ? null : values.name() != null ? versions.name() : versions.email();
            row(connection, customer, reference, values, version);
        } else {
            row(connection, customer, reference, new Clean(values.phone(), values.name(), null), versions.name());
            row(connection, customer, reference, new Clean(values.phone(), null, values.email()), versions.email());
        }
    }

    private static void row(
            Connection connection, Customer customer, String reference, Clean values, @Nullable Long version)
            throws SQLException {
        WRITE.on(connection)
                .set("account", customer.account())
                .set("phone", values.phone())
                .set("name", values.name())
                .set("email", values.email())
                .set("reference", reference)
                .set("version", version == null ? null : String.valueOf(version))
                .list(row -> row.getLong(1));
    }
}
