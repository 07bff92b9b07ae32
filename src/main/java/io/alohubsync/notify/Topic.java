package io.alohubsync.notify;

/** What may be out of order, and the events of its changes. */
enum Topic {
    ACCOUNT("account.tripped", "account.recovered"),
    OVERDUE("customers.overdue", "customers.on-time"),
    REJECTED("rows.rejected", "rows.accepted");

    /** Of all accounts together. */
    static final String ALL = "";

    private final String wrong;
    private final String well;

    Topic(String wrong, String well) {
        this.wrong = wrong;
        this.well = well;
    }

    String event(boolean bad) {
        return bad ? wrong : well;
    }
}
