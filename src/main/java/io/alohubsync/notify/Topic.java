package io.alohubsync.notify;

import java.util.Optional;
import java.util.stream.Stream;

/** What may be out of order, and the events of its changes. */
enum Topic {
    ACCOUNT("account.tripped", "account.recovered", "AlohubSyncAccountTripped"),
    OVERDUE("customers.overdue", "customers.on-time", "AlohubSyncOverdue"),
    REJECTED("rows.rejected", "rows.accepted", "AlohubSyncRowsRejected");

    /** Of all accounts together. */
    static final String ALL = "";

    private final String wrong;
    private final String well;
    private final String page;

    /** @param page of the runbook: what to do when it is out of order */
    Topic(String wrong, String well, String page) {
        this.wrong = wrong;
        this.well = well;
        this.page = page;
    }

    /** The page of the runbook about an event that something is out of order. */
    static Optional<String> pageOf(String event) {
        return Stream.of(values())
                .filter(topic -> topic.wrong.equals(event))
                .map(topic -> topic.page)
                .findFirst();
    }

    String event(boolean bad) {
        return bad ? wrong : well;
    }
}
