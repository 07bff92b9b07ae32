package io.alohubsync.delivery;

import io.alohubsync.account.Account;
import io.alohubsync.account.Register;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.breaker.BreakerStore;
import io.alohubsync.breaker.BreakerView;
import io.alohubsync.breaker.CircuitBreaker;
import io.alohubsync.breaker.ConsecutiveFailures;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.DeliverySettings;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.loop.Loop;
import io.alohubsync.loop.WakeUp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one account: {@link ClaimLoop} claims, {@link Calls} send, the {@link Settler}
 * writes the settlements. This class puts them together, starts and stops them. Two threads belong
 * to it, {@code claim-…} and {@code settle-…}.
 */
public final class AccountDelivery {

    private static final Logger LOG = Logger.getLogger(AccountDelivery.class);
    private static final Duration TO_SETTLE = Duration.ofSeconds(5);
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(10);

    private final Account account;
    private final AlohubSettings settings;
    private final LongSupplier nanoTime;
    private final KeyedClient client;
    private final DataSource database;
    private final CircuitBreaker breaker;
    private final AccountReading reading;
    private final Settler settler;
    private final Capacity capacity;
    private final Calls calls;
    private final MergeLeasing leasing;
    private final WakeUp wakeUp = new WakeUp();
    private final Loop claiming;
    private final Loop settling;

    public AccountDelivery(
            Account account, AlohubSettings settings, DataSource database, Outgoing outgoing, Listeners listeners) {
        this.account = account;
        this.database = database;
        this.settings = settings;
        this.nanoTime = outgoing.time().monotonic();
        DeliverySettings pace = settings.delivery();
        Duration probeInterval = settings.breaker().probeInterval();
        Duration ramp = settings.breaker().ramp();
        int concurrency = account.concurrency();
        this.capacity = new Capacity(concurrency, pace.sendBy(), account.rate() != null, nanoTime.getAsLong(), wakeUp);
        this.settler = new Settler(database, nanoTime, capacity, listeners.settlements());
        BreakerStore store = new BreakerStore(database, account, probeInterval, ramp);
        this.breaker = new CircuitBreaker(store, new ConsecutiveFailures(concurrency), nanoTime);
        this.client =
                new KeyedClient(account.key(), outgoing.clients(), pace.sendBy().plus(pace.callDeadline()));
        Delivery delivery = outgoing.delivery(account.phoneFormat(), breaker);
        AttemptEnd end = new AttemptEnd(delivery, settler, capacity, wakeUp, listeners.attempts());
        this.calls = new Calls(capacity, client::current, delivery, end, outgoing.loop());
        LeaseTerms terms = new LeaseTerms(account.name(), pace.sendBy(), pace.lease());
        Pacing pacing = new Pacing(account.rate(), pace.sendBy(), ramp);
        Claims claims = new Claims(database, terms, pacing, settings.tracing().enabled(), outgoing.time());
        this.leasing = new MergeLeasing(client, breaker, claims, calls, capacity);
        ClaimPause pause = new ClaimPause(wakeUp, settings.pollInterval(), capacity);
        this.reading = new AccountReading(breaker, settler);
        ClaimLoop claimLoop = new ClaimLoop(client, reading, claims, calls, pause);
        this.claiming = new Loop("claim-" + account.name(), claimLoop::round, nanoTime);
        this.settling = new Loop("settle-" + account.name(), () -> settler.settleNext(SETTLE_WAIT), nanoTime);
    }

    public void start() {
        settling.start();
        claiming.start();
    }

    /** At the start: records that this replica serves the account, and the account's settings. */
    public void register() throws SQLException {
        Register.register(database, account);
    }

    /** Records that this replica still serves it. */
    public void recordSeen() throws SQLException {
        Register.recordSeen(database, account);
    }

    /** There may be something due. */
    public void wake() {
        wakeUp.wake();
    }

    /**
     * At each poll: wakes the claiming loop unless the merge's poll does so, and always when the
     * key has changed.
     */
    public void poll(boolean byMerge) {
        LeadClient now = client.current();
        if (!byMerge || now == null || !client.refreshAndCompare(now)) {
            wakeUp.wake();
        }
    }

    public List<Loop> loops() {
        return List.of(claiming, settling);
    }

    public Account account() {
        return account;
    }

    /** As this replica last saw it; null before it has read it. */
    public @Nullable BreakerView breaker() {
        return breaker.view();
    }

    /** What a merge may lease of this account. */
    public MergeLeasing leasing() {
        return leasing;
    }

    /**
     * Customers stay unsettled so long after the end of their lease that no settlement will
     * come.
     */
    public boolean hasStuckCustomers() {
        return calls.haveStuckCustomers(nanoTime.getAsLong());
    }

    /** Claims no more, and releases what has not begun. */
    public void stopClaiming() {
        leasing.stop();
        claiming.stop();
        calls.stop();
        wakeUp.wake();
    }

    /**
     * Awaits the calls in flight until their deadlines, then settles what is left as Unknown. Takes
     * D and a few seconds at most; a few seconds if no call is in flight.
     */
    public void stop() throws InterruptedException {
        stopClaiming();
        Duration lastCall = settings.delivery().callDeadline().plusMillis(500);
        boolean claimingEnded = claiming.join(lastCall);
        await(calls::areIdle, lastCall);
        calls.giveUp();
        await(() -> capacity.unsettled() == 0, TO_SETTLE);
        settling.stop();
        settler.wake();
        boolean settlingEnded = settling.join(settings.pollInterval().plusSeconds(1));
        finish(claimingEnded, settlingEnded);
        if (capacity.unsettled() > 0) {
            LOG.warnf(
                    "%d customers could not be settled before the end; they are due again when their leases end",
                    capacity.unsettled());
        }
    }

    /**
     * By the thread that stops, in place of loops that have ended: what a loop still owns is left
     * to it.
     */
    private void finish(boolean claimingEnded, boolean settlingEnded) {
        LeadClient last = client.current();
        try {
            if (last != null && claimingEnded) {
                reading.finish(last.key().fingerprint());
            }
        } catch (SQLException away) {
            LOG.warnf(
                    "What was learned of account %s could not be written before the end (%s)",
                    account.name(), DatabaseTrouble.inLog(away));
        } finally {
            if (settlingEnded) {
                settler.finish();
            }
        }
    }

    private void await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = nanoTime.getAsLong() + atMost.toNanos();
        while (!condition.getAsBoolean() && nanoTime.getAsLong() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
