package io.alohubsync.customer;

/**
 * A field's value that was wanted from one revision to another and was replaced before a call that
 * carries it was accepted.
 */
public record ReplacedValue(long customerId, String field, int firstRevision, int lastRevision) {}
