package io.alohubsync.delivery;

import io.alohubsync.alohub.LeadClient;
import io.alohubsync.breaker.BreakerView;
import java.sql.SQLException;

/**
 * Claims due customers of one account and passes them to {@link Calls}. A round reads the key and
 * the account state, then claims as many customers as there is capacity for, or one probe while the
 * breaker is tripped. Its methods run on the loop's thread.
 */
final class ClaimLoop {

    private final KeyedClient client;
    private final AccountReading account;
    private final Claims claims;
    private final Calls calls;
    private final ClaimPause pause;

    ClaimLoop(KeyedClient client, AccountReading account, Claims claims, Calls calls, ClaimPause pause) {
        this.client = client;
        this.account = account;
        this.claims = claims;
        this.calls = calls;
        this.pause = pause;
    }

    void round() throws SQLException, InterruptedException {
        LeadClient current = client.refreshed();
        if (current == null) {
            pause.forKey();
            return;
        }
        BreakerView seen = account.read(current);
        String key = current.key().fingerprint();
        if (seen.allowsCalls()) {
            claimOrWait(key, seen);
        } else {
            probeOrWait(key, seen);
        }
    }

    private void claimOrWait(String key, BreakerView seen) throws SQLException, InterruptedException {
        int taken = calls.takeCapacity();
        if (taken == 0) {
            pause.forCapacity(calls.now(), calls.queued());
            return;
        }
        int begun = 0;
        Claims.Batch batch;
        try {
            batch = claims.claim(key, taken, seen);
            calls.call(batch.attempts());
            begun = batch.attempts().size();
        } finally {
            calls.freeCapacity(taken - begun);
        }
        if (batch.leftNone() && account.mayBegin()) {
            claims.caughtUp(batch);
        }
        if (begun > 0 || account.stillAllowsCalls(key)) {
            pause.forNextClaim(batch.untilNext());
        }
    }

    private void probeOrWait(String key, BreakerView seen) throws SQLException, InterruptedException {
        if (seen.isProbed() && seen.isProbeDue() && calls.mayProbe()) {
            claims.forProbe(key).attempts().forEach(calls::probe);
        }
        pause.forChange(seen);
    }
}
