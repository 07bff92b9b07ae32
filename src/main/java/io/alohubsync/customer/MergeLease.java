package io.alohubsync.customer;

/**
 * A lease that several customers of one merge share, each on its own row. The merging thread fills
 * it before the commit; the settling thread alone owns it afterwards.
 */
public final class MergeLease {

    private final long token;
    private volatile int open;

    public MergeLease(long token) {
        this.token = token;
    }

    public long token() {
        return token;
    }

    /** Customers whose settlements are not written. */
    public int open() {
        return open;
    }

    /** One customer more, or so many settlements that are written. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // by one thread at a time
    public void add(int customers) {
        open += customers;
    }
}
