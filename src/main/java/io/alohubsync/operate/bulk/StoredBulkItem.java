package io.alohubsync.operate.bulk;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A customer of a bulk action as it is stored, for reading. */
@Entity
@Immutable
@IdClass(StoredBulkItem.Key.class)
@Table(name = "bulk_item")
public class StoredBulkItem extends PanacheEntityBase {

    private static final String AFTER = """
            select i.n, i.customerId, c.account, c.phone,
                case when i.state = 'SENT' and a.endedAt is not null then 'UNANSWERED' else i.state end,
                left(i.error, 1000), i.actedAt
            from StoredBulkItem i join StoredCustomer c on c.id = i.customerId join StoredBulkAction a on a.id = i.actionId
            where i.actionId = :action and i.n > :after
            order by i.n""";

    public record Key(UUID actionId, long n) {}

    @Id
    @Column(name = "action_id")
    public UUID actionId;

    @Id
    public long n;

    @Column(name = "customer_id")
    public long customerId;

    public String state;
    public @Nullable String error;

    @Column(name = "acted_at")
    public Instant actedAt;

    /** In the order in which they were acted on, with the customer as it is now. */
    public static List<BulkItem> after(Session session, UUID action, long after, int most) {
        return session.createSelectionQuery(AFTER, BulkItem.class)
                .setParameter("action", action)
                .setParameter("after", after)
                .setMaxResults(most)
                .getResultList();
    }
}
