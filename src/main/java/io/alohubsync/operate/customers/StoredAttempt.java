package io.alohubsync.operate.customers;

import io.alohubsync.operate.lines.CustomerLine;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A call as it is stored, for reading. */
@Entity
@Immutable
@Table(name = "delivery_attempt")
public class StoredAttempt extends PanacheEntityBase {

    // By phone: there is an index of it.
    private static final String BEFORE = """
            select a.id, a.startedAt, a.revision, a.attempt, a.outcome, a.httpStatus, left(a.error, 2000),
                   a.durationMs, a.replica
            from StoredAttempt a
            where a.phone = :phone and a.account = :account and a.id < :before
            order by a.id desc""";

    @Id
    public long id;

    @Column(name = "started_at")
    public Instant startedAt;

    public int revision;
    public int attempt;

    @Column(name = "duration_ms")
    public @Nullable Integer durationMs;

    @Column(name = "http_status", columnDefinition = "smallint")
    public @Nullable Integer httpStatus;

    public String account;

    /** E.164. */
    public String phone;

    public String outcome;
    public @Nullable String error;
    public @Nullable String replica;

    /** The newest ones for a customer before one. */
    static List<AttemptLine> before(Session session, CustomerLine customer, long before, int most) {
        return session.createSelectionQuery(BEFORE, AttemptLine.class)
                .setParameter("phone", customer.phone())
                .setParameter("account", customer.account())
                .setParameter("before", before)
                .setMaxResults(most)
                .getResultList();
    }
}
