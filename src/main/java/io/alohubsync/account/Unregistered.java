package io.alohubsync.account;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The accounts of this replica that are not registered with its settings yet: a person's open
 * transaction may hold the row of one. Their rows are merged all the same, in the order that is
 * configured here. The start and the heartbeat write it; both merging threads read it.
 */
public final class Unregistered {

    private volatile Map<String, RowOrder> orders = Map.of();

    public void are(Collection<Account> accounts) {
        Map<String, RowOrder> left = new HashMap<>();
        accounts.forEach(account -> left.put(account.name(), account.order()));
        orders = left;
    }

    public boolean includes(Account account) {
        return orders.containsKey(account.name());
    }

    /** With those that are registered. */
    public Map<String, RowOrder> with(Map<String, RowOrder> registered) {
        Map<String, RowOrder> left = orders;
        if (left.isEmpty()) {
            return registered;
        }
        Map<String, RowOrder> all = new HashMap<>(registered);
        all.putAll(left);
        return all;
    }
}
