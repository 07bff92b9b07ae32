package io.alohubsync.customer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A customer as it is stored: to find those that a view is then asked about by their ids. */
@Entity
@Immutable
@Table(name = "customer")
public class StoredCustomer {

    @Id
    public long id;

    @Column(name = "updated_at")
    public @Nullable OffsetDateTime updatedAt;
}
