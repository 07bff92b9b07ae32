package io.alohubsync.intake;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.NewRow;
import io.alohubsync.phone.EmailNormalizer;
import io.alohubsync.phone.NameNormalizer;
import io.alohubsync.phone.Normalized;
import io.alohubsync.phone.Phone;
import io.alohubsync.phone.PhoneNormalizer;
import io.alohubsync.phone.Reason;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Reads an outbox row as its account reads it: what it says, or why it is rejected. */
public final class RowReader {

    private static final Logger LOG = Logger.getLogger(RowReader.class);
    private static final String DEFAULT_ACCOUNT = "default";

    private final Map<String, PhoneNormalizer> phonesByAccount;
    private final NameNormalizer names = new NameNormalizer();
    private final EmailNormalizer emails = new EmailNormalizer();

    public RowReader(Map<String, PhoneNormalizer> phonesByAccount) {
        this.phonesByAccount = Map.copyOf(phonesByAccount);
    }

    public sealed interface Reading {
        record Said(SaidRow row) implements Reading {}

        record Rejected(Set<Reason> reasons) implements Reading {}
    }

    /** Never fails: a row that nobody foresaw is rejected alone, and the rows beside it go on. */
    public Reading read(NewRow row) {
        try {
            return normalize(row);
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.errorf(
                    "Outbox row %d could not be read: %s",
                    (Object) row.id(), fault.getClass().getName());
            return new Reading.Rejected(Set.of(Reason.ROW_UNREADABLE));
        }
    }

    private Reading normalize(NewRow row) {
        String account = row.account() == null || row.account().isBlank()
                ? DEFAULT_ACCOUNT
                : row.account().strip();
        PhoneNormalizer phones = phonesByAccount.get(account);
        if (phones == null) {
            return new Reading.Rejected(Set.of(Reason.ACCOUNT_UNKNOWN));
        }
        Normalized<Phone> phone = phones.normalize(row.phone());
        if (phone.value() == null) {
            return new Reading.Rejected(phone.reasons());
        }
        Normalized<String> name = names.normalize(row.name());
        Normalized<String> email = emails.normalize(row.email());
        return new Reading.Said(new SaidRow(
                row.id(),
                new CustomerKey(account, phone.value()),
                name.value(),
                email.value(),
                row.priority(),
                together(phone.reasons(), name.reasons(), email.reasons())));
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
