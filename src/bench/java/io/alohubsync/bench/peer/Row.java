package io.alohubsync.bench.peer;

/** A customer to send, and what came of the call. */
final class Row {

    private static final String NOT_CALLED = "not called";

    final long id;
    final String phone;
    final String name;
    final String email;

    /** Null: accepted. */
    String error = NOT_CALLED;

    Row(long id, String phone, String name, String email) {
        this.id = id;
        this.phone = phone;
        this.name = name;
        this.email = email;
    }
}
