package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.delivery.ClaimSql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the accounts of this replica can take of one merge: places taken before its transaction begins. Those that it did not use are
 * free again when this is closed, whatever was thrown.
 */
final class LeaseOffers implements AutoCloseable {

    private final Map<String, AccountDelivery> deliveries;
    private final Map<String, AccountDelivery.Offer> open = new HashMap<>();

    private LeaseOffers(Map<String, AccountDelivery> deliveries) {
        this.deliveries = deliveries;
    }

    static LeaseOffers take(Map<String, AccountDelivery> deliveries) {
        LeaseOffers offers = new LeaseOffers(deliveries);
        try {
            deliveries.forEach((account, delivery) -> {
                AccountDelivery.Offer offer = delivery.offer();
                if (offer != null) {
                    offers.open.put(account, offer);
                }
            });
            return offers;
        } catch (Throwable failure) {
            offers.close();
            throw failure;
        }
    }

    /** By account: whose the customers are then, and how many may be leased. The others wait for a claim. */
    Map<String, ClaimSql.Request> requests() {
        Map<String, ClaimSql.Request> requests = HashMap.newHashMap(open.size());
        open.forEach((account, offer) -> requests.put(account, offer.request()));
        return requests;
    }

    /** @param leased by account, in a transaction that is committed */
    void handOver(Map<String, List<Claimed>> leased) {
        leased.forEach((account, customers) -> {
            AccountDelivery.Offer offer = open.remove(account);
            if (offer == null) {
                throw new IllegalStateException("leased without an offer");
            }
            deliveries.get(account).handOver(offer, customers);
        });
    }

    @Override
    public void close() {
        open.forEach((account, offer) -> deliveries.get(account).handOver(offer, List.of()));
        open.clear();
    }
}
