package io.alohubsync.notify;

import java.util.Optional;
import java.util.stream.Stream;

/** What may be good or bad, and the events of its changes. */
enum Topic {
    ACCOUNT("account.tripped", "account.recovered", "AlohubSyncAccountTripped"),
    OVERDUE("customers.overdue", "customers.on-time", "AlohubSyncOverdue"),
    REJECTED("rows.rejected", "rows.accepted", "AlohubSyncRowsRejected");

    /** Of all accounts together. */
    static final String ALL = "";

    private final String turnedBad;
    private final String turnedGood;
    private final String page;

    /** @param page of the runbook: what to do when it is bad */
    Topic(String turnedBad, String turnedGood, String page) {
        this.turnedBad = turnedBad;
        this.turnedGood = turnedGood;
        this.page = page;
    }

    /** The page of the runbook about an event that something turned bad. */
    static Optional<String> pageOf(String event) {
        return Stream.of(values())
                .filter(topic -> topic.turnedBad.equals(event))
                .map(topic -> topic.page)
                .findFirst();
    }

    String event(boolean bad) {
        return bad ? turnedBad : turnedGood;
    }
}
