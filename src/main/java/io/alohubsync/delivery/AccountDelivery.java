package io.alohubsync.delivery;

import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.breaker.Breaker;
import io.alohubsync.breaker.BreakerStore;
import io.alohubsync.breaker.CircuitBreaker;
import io.alohubsync.breaker.ConsecutiveFailures;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.Time;
import io.alohubsync.customer.Claimed;
import io.alohubsync.loop.EventLoop;
import io.alohubsync.loop.Loop;
import io.alohubsync.loop.LowWaterMark;
import io.alohubsync.loop.WakeUp;
import io.vertx.core.Context;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drains one account. A round of its loop looks at the key and the breaker, then claims as many due customers as there is room
 * for; {@link Calls} send them, the {@link Settler} writes what came of it.
 */
public final class AccountDelivery {

    private static final Logger LOG = Logger.getLogger(AccountDelivery.class);
    private static final Duration TO_SETTLE = Duration.ofSeconds(5);
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(10);

    /** How old what is known of the breaker may be while calls are made: another replica may have closed it. */
    private static final Duration FRESHNESS = Duration.ofMillis(200);

    private final Account account;
    private final AlohubSettings settings;
    private final Claims claims;
    private final Time time;
    private final Function<ApiKey, LeadClient> clients;
    private final BreakerStore registered;
    private final CircuitBreaker breaker;
    private final Settler settler;
    private final Capacity capacity;
    private final Calls callers;
    private final Pacing pacing;
    private final WakeUp wakeUp = new WakeUp();
    private final Loop claiming;
    private final Loop settling;
    private final LowWaterMark lowWaterMark;
    private Duration untilNextClaim = Duration.ZERO; // at the longest; of the claiming loop alone
    private volatile long caughtUpAt; // no customer was left due by a claim then; on the monotonic clock
    private volatile boolean stopped;
    private volatile boolean waitsForRoom;
    private volatile @Nullable LeadClient client;

    /** Makes the steps of an account's delivery. */
    @FunctionalInterface
    public interface Deliveries {
        Delivery of(Breaker breaker);
    }

    /**
     * @param clients makes the client for a key
     * @param fenced  receives how many answers came too late
     * @param listeners of each attempt
     * @param attempts receives each attempt; null: no listener
     * @param loop    on which the calls are made
     */
    public AccountDelivery(
            Account account,
            AlohubSettings settings,
            DataSource database,
            Time time,
            Function<ApiKey, LeadClient> clients,
            Deliveries deliveries,
            IntConsumer fenced,
            List<Consumer<AttemptFinished>> listeners,
            Settler.@Nullable Attempts attempts,
            Context loop) {
        AlohubSettings.DeliverySettings pace = settings.delivery();
        this.account = account;
        this.settings = settings;
        this.claims = new Claims(database, settings.tracing().enabled());
        this.time = time;
        this.clients = clients;
        this.capacity = new Capacity(
                account.concurrency(),
                pace.sendBy(),
                account.rate() != null,
                time.monotonic().getAsLong());
        this.lowWaterMark = new LowWaterMark(time.monotonic());
        this.pacing =
                new Pacing(account.rate(), pace.sendBy(), settings.breaker().ramp());
        this.settler = new Settler(database, time.monotonic(), capacity::held, fenced, this::makeRoom, attempts);
        this.registered = new BreakerStore(
                database,
                account,
                settings.breaker().probeInterval(),
                settings.breaker().ramp());
        ConsecutiveFailures failures = new ConsecutiveFailures(account.concurrency());
        this.breaker = new CircuitBreaker(
                account.name(), registered, failures, settler::refund, wakeUp::ring, time.monotonic());
        this.callers = new Calls(
                account.concurrency(),
                () -> client,
                deliveries.of(breaker),
                new Calls.Ending(settler, capacity, listeners),
                EventLoop.of(loop));
        this.claiming = new Loop("claim-" + account.name(), this::round, time.monotonic());
        this.settling = new Loop("settle-" + account.name(), () -> settler.settleNext(SETTLE_WAIT), time.monotonic());
    }

    public void start() {
        settling.start();
        claiming.start();
    }

    /** Says that the account is served here. */
    public void register() throws SQLException {
        registered.register();
    }

    /** There may be something due. */
    public void wake() {
        wakeUp.ring();
    }

    public List<Loop> loops() {
        return List.of(claiming, settling);
    }

    public Account account() {
        return account;
    }

    /** As this replica last saw it; null before the first look. */
    public BreakerStore.@Nullable View breaker() {
        return breaker.view();
    }

    /** Room for so many again. */
    private void makeRoom(int customers) {
        capacity.free(customers);
        if (waitsForRoom) {
            wakeUp.ring();
        }
    }

    private void round() throws SQLException, InterruptedException {
        LeadClient current = currentClient();
        if (current == null) { // the key file holds none yet
            wakeUp.await(settings.pollInterval());
            return;
        }
        String key = current.key().fingerprint();
        breaker.applyLearned(key);
        BreakerStore.View seen = breaker.seen(key, FRESHNESS);
        if (seen.isOpen()) {
            claimOrWait(key, seen);
        } else {
            probeOrWait(key, seen);
        }
    }

    private void claimOrWait(String key, BreakerStore.View seen) throws SQLException, InterruptedException {
        long now = time.monotonic().getAsLong();
        int room = capacity.take(now, callers.queued());
        if (room == 0) {
            waitForRoom();
            return;
        }
        int claimed = 0;
        try {
            claimed = pacing.isNeeded(seen) ? claimBySchedule(key, room, now) : claim(key, room, now);
        } finally {
            capacity.free(room - claimed);
        }
        boolean open = claimed > 0 || breaker.look(key).isOpen(); // another replica may have closed it
        if (open && !untilNextClaim.isZero()) {
            wakeUp.await(shorter(untilNextClaim, pause()));
        }
    }

    private int claim(String key, int room, long now) throws SQLException {
        List<Claimed> claimed = claims.newest(request(key, room), lowWaterMark);
        callers.call(claimed, leased(now));
        if (claimed.size() < room && breaker.mayBegin(false)) {
            caughtUpAt = now;
        }
        untilNextClaim = claimed.isEmpty() ? lowWaterMark.untilFullScan(idlePause()) : Duration.ZERO;
        return claimed.size();
    }

    private int claimBySchedule(String key, int room, long now) throws SQLException {
        ClaimSql.Slots slots = claims.bySchedule(request(key, room), pacing.pace(), lowWaterMark.fairShare());
        callers.call(slots, time.monotonic().getAsLong(), leased(now));
        Duration none = slots.customers().isEmpty() ? settings.pollInterval() : Duration.ZERO;
        untilNextClaim = slots.exhausted() ? pacing.untilNextClaim(slots) : none;
        return slots.customers().size();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    // For the merge.

    /** What a merge may lease at once. @param taken from the capacity, until it is handed over */
    public record Offer(ClaimSql.Request request, int taken, Lease lease) {}

    /**
     * Null: its customers wait for a claim. Those that have waited for one longer come first: only while none did lately may more
     * be leased than there are idle callers.
     */
    @Nullable
    public Offer offer() {
        LeadClient current = client;
        BreakerStore.View seen = breaker.view();
        if (current == null || seen == null || stopped || !breaker.mayBegin(false) || pacing.isNeeded(seen)) {
            return null;
        }
        long before = time.monotonic().getAsLong();
        if (waitsForRoom && !isCaughtUp(before)) {
            return null; // somebody waits for a claim, and the claim for room
        }
        account.key().refresh();
        if (account.key().current().filter(current.key()::equals).isEmpty()) {
            return null; // the claim makes a client for the new key
        }
        long now = time.monotonic().getAsLong();
        int taken = capacity.takeForMerge(now, isCaughtUp(now));
        return taken == 0 ? null : new Offer(request(current.key().fingerprint(), taken), taken, leased(now));
    }

    /** The merge is committed, or has come to nothing: what it did not lease is free. */
    public void handOver(Offer offer, List<Claimed> leased) {
        int begun = 0;
        try {
            callers.call(leased, offer.lease());
            begun = leased.size();
        } finally {
            int left = offer.taken() - begun;
            if (left > 0) {
                makeRoom(left);
            }
        }
    }

    /**
     * How many customers a merge could lease now. 0: it had better wait a moment, since room is near.
     * {@link Integer#MAX_VALUE}: it may not lease at all, so it need not wait.
     */
    public int roomForMerge() {
        BreakerStore.View seen = breaker.view();
        if (client == null || seen == null || stopped || !breaker.mayBegin(false) || pacing.isNeeded(seen)) {
            return Integer.MAX_VALUE;
        }
        long now = time.monotonic().getAsLong();
        if (isCaughtUp(now)) {
            return capacity.roomForMerge(now);
        }
        return capacity.held() == 0 ? account.concurrency() : 0; // at rest, or those that wait come first
    }

    private boolean isCaughtUp(long now) {
        return now - caughtUpAt < 2 * FRESHNESS.toNanos();
    }

    private Lease leased(long claimIssued) {
        return new Lease(
                claimIssued + settings.delivery().sendBy().toNanos(),
                claimIssued + settings.delivery().lease().toNanos());
    }

    private ClaimSql.Request request(String key, int limit) {
        return new ClaimSql.Request(
                account.name(), key, limit, settings.delivery().lease());
    }

    /** A little longer than between two ticks, each of which rings: to wake by both would be to wake twice. No tick is shorter than a second. */
    private Duration idlePause() {
        Duration poll = settings.pollInterval();
        return poll.toSeconds() < 1 ? poll : poll.multipliedBy(5).dividedBy(4);
    }

    /** While customers are on their way the breaker is looked at more often than new ones. */
    private Duration pause() {
        return capacity.held() > 0 && FRESHNESS.compareTo(settings.pollInterval()) < 0 ? FRESHNESS : idlePause();
    }

    private void waitForRoom() throws InterruptedException {
        waitsForRoom = true;
        try {
            if (capacity.room(time.monotonic().getAsLong(), callers.queued()) == 0) {
                wakeUp.await(pause());
            }
        } finally {
            waitsForRoom = false;
        }
    }

    private void probeOrWait(String key, BreakerStore.View seen) throws SQLException, InterruptedException {
        if (seen.isProbed() && seen.probeDue() && callers.mayProbe()) {
            long now = time.monotonic().getAsLong();
            List<Claimed> probe = claims.forProbe(request(key, 1));
            probe.forEach(customer -> {
                capacity.takeOne();
                callers.probe(customer, leased(now));
            });
        }
        wakeUp.await(untilItChanges(seen));
    }

    /** The end of a pause, or the next probe; at the longest a poll interval. */
    private Duration untilItChanges(BreakerStore.View seen) {
        Double seconds = seen.changesIn();
        if (seconds == null || seconds <= 0 || seconds > settings.pollInterval().toNanos() / 1e9) {
            return settings.pollInterval();
        }
        return Duration.ofNanos((long) (seconds * 1e9)).plusMillis(1);
    }

    /** The client for the key as it is now; null while there is none. The one before it is closed when its calls are over. */
    private @Nullable LeadClient currentClient() {
        account.key().refresh();
        Optional<ApiKey> key = account.key().current();
        LeadClient before = client;
        if (key.isEmpty() || (before != null && before.key().equals(key.get()))) {
            return before;
        }
        LeadClient next = clients.apply(key.get());
        client = next;
        breaker.forget(); // it may be open for another key
        if (before != null) {
            Thread.ofVirtual().start(() -> closeLater(before));
        }
        return next;
    }

    private void closeLater(LeadClient old) {
        try {
            Duration lastCall =
                    settings.delivery().sendBy().plus(settings.delivery().callDeadline());
            TimeUnit.NANOSECONDS.sleep(lastCall.plusSeconds(1).toNanos());
            old.close();
        } catch (InterruptedException | IOException ended) {
            LOG.debug("The client of an old key was not closed", ended);
        }
    }

    /** Customers are held so long after the end of their lease that no settlement of theirs will come. */
    public boolean holdsForgotten() {
        return callers.haveForgotten(time.monotonic().getAsLong());
    }

    /** Claims no more, and releases what has not begun. */
    public void stopClaiming() {
        stopped = true;
        claiming.stop();
        callers.stop();
        wakeUp.ring();
    }

    /**
     * Awaits the calls in flight until their deadlines, then settles what is left as Unknown. Takes D and a few seconds at
     * most; a few seconds if no call is in flight.
     */
    public void stop() throws InterruptedException {
        stopClaiming();
        Duration lastCall = settings.delivery().callDeadline().plusMillis(500);
        claiming.join(lastCall);
        await(callers::areIdle, lastCall);
        callers.giveUp();
        await(() -> capacity.held() == 0, TO_SETTLE);
        settling.stop();
        settler.wake();
        settling.join(settings.pollInterval().plusSeconds(1));
        finish();
        if (capacity.held() > 0) {
            LOG.warnf(
                    "%d customers could not be settled before the end; they are due again when their leases end",
                    capacity.held());
        }
    }

    private void finish() {
        LeadClient last = client;
        try {
            if (last != null) {
                breaker.finish(last.key().fingerprint());
            }
        } catch (SQLException away) {
            LOG.warnf("What was learned of account %s could not be written before the end", account.name());
        }
        settler.finish();
    }

    private void await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = time.monotonic().getAsLong() + atMost.toNanos();
        while (!condition.getAsBoolean() && time.monotonic().getAsLong() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
