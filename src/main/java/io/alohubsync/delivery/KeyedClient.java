package io.alohubsync.delivery;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.KeySource;
import io.alohubsync.alohub.LeadClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The client of an account, for its key as it is now. The claiming loop alone replaces the client;
 * any thread reads it. A virtual thread for each old client closes it, and owns nothing else.
 */
final class KeyedClient {

    private static final Logger LOG = Logger.getLogger(KeyedClient.class);

    private final KeySource key;
    private final Function<ApiKey, LeadClient> clients;
    private final Duration lastCall;
    private volatile @Nullable LeadClient client;

    /**
     * @param clients  makes the client for a key
     * @param lastCall how long after a new key the last call with the old one may end
     */
    KeyedClient(KeySource key, Function<ApiKey, LeadClient> clients, Duration lastCall) {
        this.key = key;
        this.clients = clients;
        this.lastCall = lastCall;
    }

    /** Null: no key was found yet. */
    @Nullable
    LeadClient current() {
        return client;
    }

    /**
     * The client for the newest sound key; null before the first one. The client before is closed
     * after its calls.
     */
    @Nullable
    LeadClient refreshed() {
        key.refresh();
        Optional<ApiKey> now = key.current();
        LeadClient before = client;
        if (now.isEmpty() || (before != null && before.key().equals(now.get()))) {
            return before;
        }
        LeadClient next = clients.apply(now.get());
        client = next;
        if (before != null) {
            Thread.ofVirtual().start(() -> closeLater(before));
        }
        return next;
    }

    /** Reads the key file where that is due. @return whether its key is this client's */
    boolean refreshAndCompare(LeadClient one) {
        key.refresh();
        return key.current().filter(one.key()::equals).isPresent();
    }

    private void closeLater(LeadClient old) {
        try {
            TimeUnit.NANOSECONDS.sleep(lastCall.plusSeconds(1).toNanos());
            old.close();
        } catch (InterruptedException | IOException ended) {
            LOG.debug("The client of an old key was not closed", ended);
        }
    }
}
