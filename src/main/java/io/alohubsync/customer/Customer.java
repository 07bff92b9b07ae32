package io.alohubsync.customer;

import io.alohubsync.contact.Phone;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.SharedSessionContract;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A customer for reading: a row of the view {@code sync_status}. Read columns, not entities: a
 * column may hold megabytes.
 */
@Entity
@Immutable
@Table(name = "sync_status")
public class Customer extends PanacheEntityBase {

    // The newest of those in trouble come from an index of their own; each is then looked up by its
    // id.
    private static final String IDS = """
            select c.id from StoredCustomer c
            where c.id in (
              select d.customerId from Due d where d.dead or d.hold is not null or d.attempts > 0
              order by d.customerId desc limit 1000)
            order by c.updatedAt desc, c.id
            limit :rows""";

    // The view is asked by ids alone: its branches and joins are then look-ups too.
    private static final String SHOWN = """
            select c.id, c.account, c.phone, c.status, c.attempts, c.nextAttemptAt, c.lastOutcome, c.httpStatus
            from Customer c
            where c.id in (:ids)
            order by c.updatedAt desc, c.id""";

    @Id
    public long id;

    public String account = "";
    public String phone = "";
    public String status = "";

    public int attempts;

    /** Null: at rest, dead or held. */
    @Column(name = "next_attempt_at")
    public @Nullable OffsetDateTime nextAttemptAt;

    @Column(name = "last_outcome")
    public @Nullable String lastOutcome;

    @Column(name = "http_status")
    public @Nullable Short httpStatus;

    @Column(name = "updated_at")
    public @Nullable OffsetDateTime updatedAt;

    /**
     * What may be shown without a login: no name, no e-mail, none of Alohub's or a person's words.
     *
     * @param phone E.164: show {@link #maskedPhone()}
     */
    public record Shown(
            long id,
            String account,
            String phone,
            String status,
            int attempts,
            @Nullable OffsetDateTime nextAttemptAt,
            @Nullable String lastOutcome,
            @Nullable Short httpStatus) {

        public String maskedPhone() {
            return Phone.masked(phone);
        }

        /** Of day, UTC. */
        public @Nullable LocalTime nextAttempt() {
            return nextAttemptAt == null
                    ? null
                    : nextAttemptAt
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalTime()
                            .withNano(0);
        }
    }

    /**
     * Those that a person may have to look at: dead, held or being retried. Of the thousand newest
     * customers among them those that changed last.
     */
    public static List<Shown> inTrouble(SharedSessionContract session, int rows) {
        List<Long> ids = session.createSelectionQuery(IDS, Long.class)
                .setParameter("rows", rows)
                .getResultList();
        return ids.isEmpty()
                ? List.of()
                : session.createSelectionQuery(SHOWN, Shown.class)
                        .setParameterList("ids", ids)
                        .getResultList();
    }
}
