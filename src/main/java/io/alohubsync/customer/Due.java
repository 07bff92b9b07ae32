package io.alohubsync.customer;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The work left on a customer, for reading: it exists while the customer is not at rest. */
@Entity
@Immutable
@Table(name = "due")
public class Due extends PanacheEntityBase {

    @Id
    @Column(name = "customer_id")
    public long customerId;

    public int attempts;
    public boolean dead;
    public @Nullable String hold;
}
