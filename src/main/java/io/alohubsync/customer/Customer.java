package io.alohubsync.customer;

import io.alohubsync.phone.Phone;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A customer for reading: a row of the view {@code sync_status}. */
@Entity
@Immutable
@Table(name = "sync_status")
public class Customer extends PanacheEntityBase {

    private static final int NEWEST = 1000;

    @Id
    public long id;

    public String account = "";
    public String phone = "";
    public String status = "";

    @Column(name = "wanted_revision")
    public int wantedRevision;

    @Column(name = "delivered_revision")
    public int deliveredRevision;

    public int attempts;

    /** Null: at rest, dead or held. */
    @Column(name = "next_attempt_at")
    public @Nullable OffsetDateTime nextAttemptAt;

    @Column(name = "last_outcome")
    public @Nullable String lastOutcome;

    public @Nullable String error;

    @Column(name = "hold_reason")
    public @Nullable String holdReason;

    @Column(name = "updated_at")
    public @Nullable OffsetDateTime updatedAt;

    public String maskedPhone() {
        return Phone.masked(phone);
    }

    /**
     * Those that a person may have to look at: dead, held or being retried. Of the thousand newest customers among them those
     * that changed last.
     */
    public static List<Customer> inTrouble(int limit) {
        List<Long> newest = Due.inTrouble(NEWEST);
        return newest.isEmpty()
                ? List.of()
                : find("id in ?1 order by updatedAt desc", newest)
                        .page(0, limit)
                        .list();
    }
}
