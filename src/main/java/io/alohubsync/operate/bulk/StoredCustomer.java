package io.alohubsync.operate.bulk;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** What names a customer, as it is stored, for reading. */
@Entity
@Immutable
@Table(name = "customer")
public class StoredCustomer extends PanacheEntityBase {

    @Id
    public long id;

    public String account;

    /** E.164. */
    public String phone;
}
