package io.alohubsync.customer;

import io.alohubsync.contact.Phone;
import java.util.Comparator;

/** One (account, phone): one customer, one lead in Alohub. */
public record CustomerKey(String account, Phone phone) {

    /** The order in which new customers are inserted, the same in every replica. */
    public static final Comparator<CustomerKey> ORDER = Comparator.comparing(CustomerKey::account)
            .thenComparing(key -> key.phone().e164());
}
