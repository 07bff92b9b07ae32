package io.alohubsync.customer;

/** Attempts that were spent on a customer's revision while its account failed. */
public record Refund(long customerId, int revision, int attempts) {

    public Refund oneMore() {
        return new Refund(customerId, revision, attempts + 1);
    }
}
