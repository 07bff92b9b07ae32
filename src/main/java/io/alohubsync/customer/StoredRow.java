package io.alohubsync.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** An outbox row as it is stored: to find those that a view is then asked about by their ids. */
@Entity
@Immutable
@Table(name = "customer_outbox")
public class StoredRow {

    @Id
    public long id;
}
