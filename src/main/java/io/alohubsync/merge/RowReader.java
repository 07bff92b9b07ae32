package io.alohubsync.merge;

import io.alohubsync.account.RowOrder;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.PhoneSettings;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.Normalized;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.NewRow;
import io.alohubsync.loop.Fault;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads an outbox row: what it carries, or why it is rejected. */
public final class RowReader {

    private static final Logger LOG = Logger.getLogger(RowReader.class);

    private final PhoneNormalizer phones;
    private final NameNormalizer names;
    private final EmailNormalizer emails;

    public RowReader(PhoneNormalizer phones) {
        this(phones, new NameNormalizer(List.of()), new EmailNormalizer(List.of()));
    }

    public RowReader(PhoneNormalizer phones, NameNormalizer names, EmailNormalizer emails) {
        this.phones = phones;
        this.names = names;
        this.emails = emails;
    }

    public static RowReader from(AlohubSettings settings) {
        return new RowReader(
                new PhoneNormalizer(rules(settings.phone())),
                new NameNormalizer(settings.name().placeholders()),
                new EmailNormalizer(settings.email().placeholders()));
    }

    public static PhoneRules rules(PhoneSettings phone) {
        return PhoneRules.of(phone);
    }

    public sealed interface Reading {
        record Readable(ReadRow row) implements Reading {}

        record Rejected(Set<Reason> reasons) implements Reading {}
    }

    /**
     * @param accounts that are registered. Never fails: an unforeseen row is rejected alone, and
     *                 the rows beside it go on.
     * @param now      by the database's clock, which all replicas share
     */
    public Reading read(NewRow row, Map<String, RowOrder> accounts, Instant now) {
        try {
            RowOrder order = accounts.get(row.account());
            return order == null ? new Reading.Rejected(Set.of(Reason.ACCOUNT_UNKNOWN)) : normalize(row, order, now);
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.errorf(Fault.withoutMessages(fault), "Outbox row %d could not be read", (Object) row.id());
            return new Reading.Rejected(Set.of(Reason.ROW_UNREADABLE));
        }
    }

    private Reading normalize(NewRow row, RowOrder order, Instant now) {
        Reason unordered = order.bySourceVersion() ? problemOf(row, order, now) : null;
        if (unordered != null) {
            return new Reading.Rejected(Set.of(unordered));
        }
        Normalized<Phone> phone = phones.normalize(row.phone());
        if (phone.value() == null) {
            return new Reading.Rejected(phone.reasons());
        }
        Normalized<String> name = names.normalize(row.name());
        Normalized<String> email = emails.normalize(row.email());
        return new Reading.Readable(new ReadRow(
                row.id(),
                row.number(),
                order.bySourceVersion() ? row.sourceVersion() : null,
                order.bySourceVersion() && row.sourceVersion() == null,
                new CustomerKey(row.account(), phone.value()),
                name.value(),
                email.value(),
                row.priority(),
                together(phone.reasons(), name.reasons(), email.reasons())));
    }

    private @Nullable Reason problemOf(NewRow row, RowOrder order, Instant now) {
        Long version = row.sourceVersion();
        if (version == null) {
            return row.ranksById() ? null : Reason.VERSION_MISSING;
        }
        return order.isAbsurd(version, now) ? Reason.VERSION_AHEAD : null;
    }

    private static Set<Reason> together(Set<Reason> phone, Set<Reason> name, Set<Reason> email) {
        if (phone.isEmpty() && name.isEmpty() && email.isEmpty()) {
            return Set.of();
        }
        EnumSet<Reason> all = EnumSet.noneOf(Reason.class);
        all.addAll(phone);
        all.addAll(name);
        all.addAll(email);
        return all;
    }
}
