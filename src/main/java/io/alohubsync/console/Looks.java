package io.alohubsync.console;

import io.alohubsync.access.Person;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.alohubsync.operate.lines.CustomerLine;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * What a request may show in full. An operator sees whole values on request, and each time that is
 * recorded; otherwise, and for a viewer, phones are cut to their last three digits.
 */
@ApplicationScoped
class Looks {

    private final CurrentIdentityAssociation current;
    private final AuditLog audit;

    Looks(CurrentIdentityAssociation current, AuditLog audit) {
        this.current = current;
        this.audit = audit;
    }

    Person person() {
        return Person.of(current.getIdentity());
    }

    Actor actor() {
        return person().actor();
    }

    /** @param show the person asks for it */
    Sight sight(boolean show) {
        return show && person().mayAct() ? Sight.FULL : Sight.MASKED;
    }

    /** For free text of answers and of people, which an operator sees without asking for it. */
    Sight words() {
        return person().mayAct() ? Sight.WORDS : Sight.MASKED;
    }

    /** @param account null: of several */
    void record(Sight sight, @Nullable String account, long customers) {
        if (sight == Sight.FULL && customers > 0) {
            audit.record(actor(), AuditLog.Entry.ofMany(Act.UNMASK, account, customers, null));
        }
    }

    void record(Sight sight, CustomerLine customer) {
        if (sight == Sight.FULL) {
            audit.record(actor(), AuditLog.Entry.ofCustomer(Act.UNMASK, customer, null));
        }
    }
}
