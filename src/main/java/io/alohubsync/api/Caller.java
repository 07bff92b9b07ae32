package io.alohubsync.api;

import io.alohubsync.access.Person;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Way;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.alohubsync.operate.lines.CustomerLine;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** The caller of a request: its name for the audit, what it may see, and the record of that. */
@ApplicationScoped
class Caller {

    private static final String WHERE = "API";

    private final SecurityIdentity identity; // of the request
    private final AuditLog audit;

    Caller(SecurityIdentity identity, AuditLog audit) {
        this.identity = identity;
        this.audit = audit;
    }

    /**
     * Of a request that changes something. A page of another site can make a browser send one, with
     * a person's cookie or through the proxy, but not with a token.
     *
     * @throws UnauthorizedException it has no token
     */
    Actor acting() {
        if (Person.of(identity).way() != Way.TOKEN) {
            throw new UnauthorizedException();
        }
        return actor();
    }

    Actor actor() {
        return Person.of(identity).actor();
    }

    /** Of phones, names and free text. */
    Sight sight() {
        return identity.hasRole(Role.OPERATOR) ? Sight.FULL : Sight.MASKED;
    }

    /** Of lists whose phones are a mark for everybody: no whole value is seen. */
    Sight words() {
        return identity.hasRole(Role.OPERATOR) ? Sight.WORDS : Sight.MASKED;
    }

    /** An operator sees whole values: that is recorded before the answer is sent. */
    void sees(CustomerLine customer) {
        if (sight() == Sight.FULL) {
            audit.record(actor(), AuditLog.Entry.ofCustomer(Act.UNMASK, customer, WHERE));
        }
    }

    /** As {@link #sees(CustomerLine)}, of a list. */
    void seesMany(long customers) {
        if (sight() == Sight.FULL && customers > 0) {
            audit.record(actor(), AuditLog.Entry.ofMany(Act.UNMASK, null, customers, WHERE));
        }
    }
}
