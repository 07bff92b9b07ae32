package io.alohubsync.delivery;

import io.alohubsync.customer.Settlement;

/** Receives each settlement once it is written, on the settling thread. */
@FunctionalInterface
public interface SettlementListener {

    /** @param fenced its lease had been taken by another: nothing changed */
    void settled(Settlement settlement, boolean fenced);
}
