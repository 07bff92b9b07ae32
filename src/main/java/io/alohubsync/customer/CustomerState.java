package io.alohubsync.customer;

/**
 * What the CRM should hold of one customer, and how far it has got.
 *
 * @param id        0: not in the database yet
 * @param wanted    the wanted revision; 0 before the first merge
 * @param delivered the delivered revision; 0: the CRM never accepted this customer
 * @param leased    since its last merge, on its own row, with no row in {@code due}
 */
public record CustomerState(
        long id, CustomerKey key, Field name, Field email, int wanted, int delivered, boolean leased) {

    public static CustomerState unknown(CustomerKey key) {
        return new CustomerState(0, key, Field.ABSENT, Field.ABSENT, 0, 0, false);
    }

    public CustomerState withId(long newId) {
        return new CustomerState(newId, key, name, email, wanted, delivered, leased);
    }

    public boolean isNew() {
        return id == 0;
    }

    /** Everything wanted is delivered; no attempt has begun since. */
    public boolean isAtRest() {
        return !isNew() && wanted == delivered;
    }
}
