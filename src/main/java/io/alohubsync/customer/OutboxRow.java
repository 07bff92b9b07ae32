package io.alohubsync.customer;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.Reason;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.SharedSessionContract;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * An outbox row for reading, with its status: a row of the view {@code outbox_status}. Read
 * columns, not entities.
 */
@Entity
@Immutable
@Table(name = "outbox_status")
public class OutboxRow extends PanacheEntityBase {

    private static final String IDS = "select r.id from StoredRow r order by r.id desc limit :rows";

    // By ids alone: the view's branches and joins are then look-ups. What a source wrote is cut by
    // the database.
    private static final String SHOWN = """
            select o.id, left(o.account, 64), left(o.phone, 100), o.status, o.reasonCodes
            from OutboxRow o
            where o.id in (:ids)
            order by o.id desc""";

    @Id
    public long id;

    public @Nullable String account;

    /** As the source wrote it. */
    public @Nullable String phone;

    public String status = "";

    @Column(name = "reason_codes")
    public String @Nullable [] reasonCodes;

    /**
     * What may be shown without a login.
     *
     * @param account as the source wrote it, its beginning
     * @param phone   as the source wrote it, its beginning: show {@link #maskedPhone()}
     */
    public record Shown(
            long id, @Nullable String account, @Nullable String phone, String status, String @Nullable [] reasonCodes) {

        public String maskedPhone() {
            return phone == null ? "" : Phone.masked(phone);
        }

        /** The statuses of this version. */
        public List<Reason> reasons() {
            List<String> codes = reasonCodes == null ? List.of() : List.of(reasonCodes);
            return Stream.of(Reason.values())
                    .filter(reason -> codes.contains(reason.code()))
                    .toList();
        }
    }

    /** The rows written last, the newest first. */
    public static List<Shown> newest(SharedSessionContract session, int rows) {
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
