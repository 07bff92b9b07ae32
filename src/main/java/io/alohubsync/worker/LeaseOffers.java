package io.alohubsync.worker;

import io.alohubsync.customer.ClaimSql;
import io.alohubsync.customer.Claimed;
import io.alohubsync.intake.Leasing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the accounts of this replica can take of one merge, and its handing over to them. */
final class LeaseOffers implements Leasing {

    private final Map<String, AccountWorker> workers;
    private final Map<String, AccountWorker.Offer> open = new HashMap<>();

    LeaseOffers(Map<String, AccountWorker> workers) {
        this.workers = workers;
    }

    @Override
    public ClaimSql.@Nullable Request offer(String account) {
        AccountWorker worker = workers.get(account);
        AccountWorker.Offer offer = worker == null ? null : worker.offer();
        if (offer == null) {
            return null;
        }
        open.put(account, offer);
        return offer.request();
    }

    /** @param leased by account; empty if the merge came to nothing */
    void handOver(Map<String, List<Claimed>> leased) {
        open.forEach((account, offer) -> workers.get(account).handOver(offer, leased.getOrDefault(account, List.of())));
        open.clear();
    }
}
