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

/** An outbox row for reading, with its fate: a row of the view {@code outbox_status}. */
@Entity
@Immutable
@Table(name = "outbox_status")
public class OutboxRow extends PanacheEntityBase {

    @Id
    public long id;

    public @Nullable String account;

    @Column(name = "source_ref")
    public @Nullable String sourceRef;

    /** As the source wrote it. */
    public @Nullable String phone;

    public String status = "";
    public @Nullable String reason;

    @Column(name = "created_at")
    public @Nullable OffsetDateTime createdAt;

    public String maskedPhone() {
        return phone == null ? "" : Phone.masked(phone);
    }

    /** The rows written last, the newest first. */
    public static List<OutboxRow> newest(int limit) {
        return find("order by id desc").page(0, limit).list();
    }
}
