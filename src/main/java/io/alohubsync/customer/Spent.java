package io.alohubsync.customer;

/** Attempts that were spent on a customer's revision while its account was ill. */
public record Spent(long customerId, int revision, int attempts) {

    public Spent oneMore() {
        return new Spent(customerId, revision, attempts + 1);
    }
}
