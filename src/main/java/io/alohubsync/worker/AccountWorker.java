package io.alohubsync.worker;

import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.Gate;
import io.alohubsync.account.GateChange;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.Time;
import io.alohubsync.customer.ClaimSql;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Transaction;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.Settler;
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
 * Drains one account. A round of its loop looks at the key and the gate, then claims as many due customers as there is room
 * for; {@link Callers} send them, the {@link Settler} writes what came of it.
 */
final class AccountWorker {

    private static final Logger LOG = Logger.getLogger(AccountWorker.class);
    private static final int CLAIMS_FOR_A_PERMIT = 3;
    private static final Duration TO_SETTLE = Duration.ofSeconds(5);

    private final Account account;
    private final AlohubSettings settings;
    private final DataSource database;
    private final Time time;
    private final Function<ApiKey, LeadClient> clients;
    private final Gate registered;
    private final GateKeeper gate;
    private final Settler settler;
    private final Capacity capacity;
    private final Callers callers;
    private final Bell bell = new Bell();
    private final Loop claiming;
    private final Loop settling;
    private int emptyClaims;
    private volatile boolean waitsForRoom;
    private @Nullable LeadClient client;

    /**
     * @param clients  makes the client for a key
     * @param delivery makes the delivery that tells its gate changes to the consumer
     * @param fenced   is told how many answers came too late
     * @param journal  is told each settlement
     */
    AccountWorker(
            Account account,
            AlohubSettings settings,
            DataSource database,
            Time time,
            Function<ApiKey, LeadClient> clients,
            Function<Consumer<GateChange>, Delivery> delivery,
            IntConsumer fenced,
            Journal journal) {
        AlohubSettings.DeliverySettings pace = settings.delivery();
        this.account = account;
        this.settings = settings;
        this.database = database;
        this.time = time;
        this.clients = clients;
        this.registered = new Gate(database, account.name());
        this.gate = new GateKeeper(account.name(), registered, settings.gate().probeInterval());
        this.capacity = new Capacity(
                account.concurrency(), pace.sendBy(), time.monotonic().getAsLong());
        this.settler = new Settler(database, time.monotonic(), capacity::held, fenced, this::settled);
        this.callers = new Callers(
                account.name(),
                account.concurrency(),
                pace.sendBy(),
                pace.lease(),
                delivery.apply(this::learn),
                gate,
                settler,
                capacity,
                journal);
        this.claiming = new Loop("claim-" + account.name(), this::round, time.monotonic());
        this.settling = new Loop(
                "settle-" + account.name(), () -> settler.settleNext(settings.pollInterval()), time.monotonic());
    }

    void start() throws SQLException {
        registered.register();
        callers.start();
        settling.start();
        claiming.start();
    }

    /** There may be something due. */
    void wake() {
        bell.ring();
    }

    List<Loop> loops() {
        return List.of(claiming, settling);
    }

    /** As this replica last saw it; null before the first look. */
    Gate.@Nullable View gate() {
        return gate.view();
    }

    private void learn(GateChange change) {
        gate.learn(change);
        bell.ring();
    }

    private void settled(int customers) {
        capacity.giveBack(customers);
        if (waitsForRoom) {
            bell.ring();
        }
    }

    private void round() throws SQLException, InterruptedException {
        LeadClient current = currentClient();
        if (current == null) { // the key file holds none yet
            bell.await(settings.pollInterval());
            return;
        }
        String key = current.key().fingerprint();
        gate.applyLearned(key);
        Gate.View seen = gate.seen(key);
        if (seen.isOpen()) {
            claimOrWait(current);
        } else {
            probeOrWait(current, seen);
        }
    }

    private void claimOrWait(LeadClient current) throws SQLException, InterruptedException {
        long now = time.monotonic().getAsLong();
        int room = capacity.room(now, callers.queued());
        if (room == 0) {
            waitForRoom();
            return;
        }
        List<Claimed> claimed =
                Transaction.run(database, connection -> ClaimSql.claim(connection, request(current, room)));
        callers.call(claimed, current, now);
        emptyClaims = claimed.isEmpty() ? emptyClaims + 1 : 0;
        if (claimed.isEmpty()) {
            gate.look(current.key().fingerprint()); // another replica may have closed it
            bell.await(untilNextClaim());
        }
    }

    private ClaimSql.Request request(LeadClient current, int limit) {
        return new ClaimSql.Request(
                account.name(),
                current.key().fingerprint(),
                limit,
                settings.delivery().lease(),
                account.rate());
    }

    private void waitForRoom() throws InterruptedException {
        waitsForRoom = true;
        try {
            if (capacity.room(time.monotonic().getAsLong(), callers.queued()) == 0) {
                bell.await(settings.pollInterval());
            }
        } finally {
            waitsForRoom = false;
        }
    }

    /**
     * With a rate, an empty claim may mean that the permits are spent: look again when the next ones are due. After a few
     * of those nothing is due.
     */
    private Duration untilNextClaim() {
        Double callsPerSecond = account.rate();
        if (callsPerSecond == null || emptyClaims > CLAIMS_FOR_A_PERMIT) {
            return settings.pollInterval();
        }
        Duration next = Duration.ofNanos((long) (Math.max(0.01, 1 / callsPerSecond) * 1e9));
        return next.compareTo(settings.pollInterval()) < 0 ? next : settings.pollInterval();
    }

    private void probeOrWait(LeadClient current, Gate.View seen) throws SQLException, InterruptedException {
        if (seen.probeDue() && !callers.isProbing()) {
            long now = time.monotonic().getAsLong();
            List<Claimed> probe =
                    Transaction.run(database, connection -> ClaimSql.claimForProbe(connection, request(current, 1)));
            callers.call(probe, current, now);
        }
        bell.await(settings.pollInterval());
    }

    /** The client for the key as it is now; null while there is none. The one before it is closed when its calls are over. */
    private @Nullable LeadClient currentClient() {
        account.key().refresh();
        Optional<ApiKey> key = account.key().current();
        LeadClient before = client;
        if (key.isEmpty() || (before != null && before.key().equals(key.get()))) {
            return before;
        }
        client = clients.apply(key.get());
        gate.forget(); // it may be open for another key
        if (before != null) {
            Thread.ofVirtual().start(() -> closeLater(before));
        }
        return client;
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

    /** Claims no more, and gives back what has not begun. */
    void stopClaiming() {
        claiming.stop();
        callers.stop();
        bell.ring();
    }

    /**
     * Awaits the calls in flight until their deadlines, then settles what is left as Unknown. Takes D and a few seconds at
     * most; a few seconds if no call is in flight.
     */
    void stop() throws InterruptedException {
        stopClaiming();
        Duration lastCall = settings.delivery().callDeadline().plusMillis(500);
        claiming.join(lastCall);
        await(callers::areIdle, lastCall);
        callers.interrupt();
        await(() -> capacity.held() == 0, TO_SETTLE);
        settling.stop();
        settling.join(settings.pollInterval().plusSeconds(1));
        if (capacity.held() > 0) {
            LOG.warnf(
                    "%d customers could not be settled before the end; they are due again when their leases end",
                    capacity.held());
        }
    }

    private void await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = time.monotonic().getAsLong() + atMost.toNanos();
        while (!condition.getAsBoolean() && time.monotonic().getAsLong() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
