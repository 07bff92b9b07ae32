package io.alohubsync.worker;

import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.Gate;
import io.alohubsync.account.GateChange;
import io.alohubsync.account.GateState;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.Time;
import io.alohubsync.customer.ClaimSql;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Transaction;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.Settler;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drains one account: claims due customers, hands them to its callers (a virtual thread for each call at a time), and their
 * settlements to the settler. One loop claims and alone changes the gate; what calls learn about the account reaches it as
 * {@link GateChange}s, and from that moment no further call begins until the loop has looked.
 */
final class AccountWorker {

    private static final Logger LOG = Logger.getLogger(AccountWorker.class);

    private final Account account;
    private final Gate gate;
    private final Settings settings;
    private final DataSource database;
    private final Time time;
    private final Function<ApiKey, LeadClient> clients;
    private final Delivery delivery;
    private final Settler settler;
    private final Capacity capacity;
    private final Bell bell = new Bell();
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<GateChange> learned = new ConcurrentLinkedQueue<>();
    private final Semaphore probing = new Semaphore(1);
    private final List<Thread> callers = new ArrayList<>();
    private final Loop claiming;
    private final Loop settling;
    private volatile Gate.@Nullable View view;
    private volatile boolean waitsForRoom;
    private volatile boolean stopping;
    private volatile boolean afterThrottle;
    private volatile boolean calm;
    private GateState lastState = GateState.OPEN;
    private @Nullable LeadClient client;

    /** The pace of the loop; see the settings reference. */
    record Settings(
            Duration sendBy, Duration callDeadline, Duration lease, Duration pollInterval, Duration probeInterval) {}

    /** A customer on its way, with the times that bind its call. */
    private record Work(Claimed customer, LeadClient client, long sendBy, long leaseEnd) {}

    AccountWorker(
            Account account,
            Settings settings,
            DataSource database,
            Time time,
            Function<ApiKey, LeadClient> clients,
            Function<java.util.function.Consumer<GateChange>, Delivery> delivery,
            java.util.function.IntConsumer fenced) {
        this.account = account;
        this.settings = settings;
        this.database = database;
        this.time = time;
        this.clients = clients;
        this.gate = new Gate(database, account.name());
        this.delivery = delivery.apply(this::learn);
        this.capacity = new Capacity(
                account.concurrency(), settings.sendBy(), time.monotonic().getAsLong());
        this.settler = new Settler(database, time.monotonic(), new Settler.Listener() {
            @Override
            public void fenced(int count) {
                fenced.accept(count);
            }

            @Override
            public void done(int count) {
                capacity.giveBack(count);
                if (waitsForRoom) {
                    bell.ring();
                }
            }
        });
        this.claiming = new Loop("claim-" + account.name(), this::round, time.monotonic());
        this.settling = new Loop(
                "settle-" + account.name(), () -> settler.settleNext(settings.pollInterval()), time.monotonic());
    }

    void start() throws SQLException {
        gate.register();
        for (int i = 0; i < account.concurrency(); i++) {
            callers.add(
                    Thread.ofVirtual().name("call-" + account.name() + "-" + i).start(this::callOneAfterTheOther));
        }
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
        return view;
    }

    // One round: look at the key and the gate, claim what there is room for, or wait.
    private void round() throws SQLException, InterruptedException {
        LeadClient current = currentClient();
        if (current == null) {
            bell.await(settings.pollInterval());
            return;
        }
        applyLearned(current);
        if (calm) {
            calm = false;
            gate.calm();
        }
        Gate.View seen = view;
        if (seen == null || !seen.isOpen()) {
            seen = look(current);
        }
        if (!seen.isOpen()) {
            waitAtTheGate(current, seen);
            return;
        }
        long now = time.monotonic().getAsLong();
        int room = capacity.room(now);
        if (room == 0) {
            waitForRoom();
        } else if (claim(current, room, now) == 0) {
            look(current); // another replica may have closed the gate
            bell.await(account.rate() == null ? settings.pollInterval() : nextPermit());
        }
    }

    private int claim(LeadClient current, int room, long now) throws SQLException {
        ClaimSql.Request request = request(current, room);
        List<Claimed> claimed = Transaction.run(database, connection -> ClaimSql.claim(connection, request));
        enqueue(claimed, current, now);
        return claimed.size();
    }

    private void enqueue(List<Claimed> claimed, LeadClient current, long claimIssued) {
        capacity.take(claimed.size());
        long sendBy = claimIssued + settings.sendBy().toNanos();
        long leaseEnd = claimIssued + settings.lease().toNanos();
        for (Claimed customer : claimed) {
            queue.add(new Work(customer, current, sendBy, leaseEnd));
        }
    }

    private ClaimSql.Request request(LeadClient current, int limit) {
        return new ClaimSql.Request(
                account.name(), current.key().fingerprint(), limit, settings.lease(), account.rate());
    }

    private void waitForRoom() throws InterruptedException {
        waitsForRoom = true;
        try {
            if (capacity.room(time.monotonic().getAsLong()) == 0) {
                bell.await(settings.pollInterval());
            }
        } finally {
            waitsForRoom = false;
        }
    }

    /** With a rate, an empty claim may mean that the permits are spent: look again when the next ones are due. */
    private Duration nextPermit() {
        double seconds = Math.max(0.01, 1 / Objects.requireNonNull(account.rate()));
        Duration next = Duration.ofNanos((long) (seconds * 1e9));
        return next.compareTo(settings.pollInterval()) < 0 ? next : settings.pollInterval();
    }

    private void waitAtTheGate(LeadClient current, Gate.View seen) throws SQLException, InterruptedException {
        if ((seen.state().isProbed() || seen.keyRefused()) && probing.availablePermits() == 1) {
            long now = time.monotonic().getAsLong();
            List<Claimed> probe =
                    Transaction.run(database, connection -> ClaimSql.claimForProbe(connection, request(current, 1)));
            if (!probe.isEmpty()) {
                probing.acquire();
                enqueue(probe, current, now);
            }
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
        view = null; // the gate may be open for another key
        if (before != null) {
            Thread.ofVirtual().start(() -> closeLater(before));
        }
        return client;
    }

    private void closeLater(LeadClient old) {
        try {
            TimeUnit.NANOSECONDS.sleep(settings.sendBy()
                    .plus(settings.callDeadline())
                    .plusSeconds(1)
                    .toNanos());
            old.close();
        } catch (InterruptedException | java.io.IOException ended) {
            LOG.debug("A client of an old key was not closed", ended);
        }
    }

    private Gate.View look(LeadClient current) throws SQLException {
        Gate.View now = gate.refresh(current.key().fingerprint());
        view = now;
        if (now.state() != lastState) {
            LOG.infof(
                    "Account %s: the gate is %s%s",
                    account.name(), now.state(), now.reason() == null ? "" : ": " + now.reason());
            afterThrottle = lastState == GateState.THROTTLED;
            lastState = now.state();
        }
        return now;
    }

    /** Called by callers: from now on no call begins until the loop has looked. */
    private void learn(GateChange change) {
        learned.add(change);
        bell.ring();
    }

    private void applyLearned(LeadClient current) throws SQLException {
        GateChange next = learned.peek();
        if (next == null) {
            return;
        }
        Set<GateChange> applied = new LinkedHashSet<>();
        for (; next != null; next = learned.peek()) { // taken off only when it is written
            if (applied.add(next)) {
                apply(next, current);
            }
            learned.remove();
        }
        view = null;
    }

    private void apply(GateChange change, LeadClient current) throws SQLException {
        switch (change) {
            case GateChange.Close(GateState state, String reason, String key) -> {
                if (state != GateState.REFUSED || key.equals(current.key().fingerprint())) {
                    gate.close(state, reason, key, settings.probeInterval());
                }
            }
            case GateChange.Throttle(var pause, String what) -> {
                Gate.View seen = view;
                if (seen != null && seen.state().isProbed()) {
                    gate.open();
                }
                gate.throttle(pause, what);
            }
            case GateChange.Open() -> gate.open();
            case GateChange.StayClosed() -> gate.postponeProbe(settings.probeInterval());
        }
    }

    // A caller's life.
    private void callOneAfterTheOther() {
        while (true) {
            try {
                Work work = queue.take();
                Settlement settlement = settlement(work);
                settler.settle(settlement, work.leaseEnd());
                if (afterThrottle && settlement.isDelivered()) {
                    afterThrottle = false;
                    calm = true; // the row of throttlings is over
                }
                if (work.customer().probe()) {
                    probing.release();
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private Settlement settlement(Work work) {
        return mayBegin(work)
                ? delivery.deliver(work.customer(), work.client(), work.sendBy())
                : delivery.giveBack(work.customer(), work.client());
    }

    private boolean mayBegin(Work work) {
        if (stopping || !learned.isEmpty()) {
            return false;
        }
        Gate.View seen = view;
        return work.customer().probe() || (seen != null && seen.isOpen());
    }

    /**
     * Claims no more, gives back what has not begun, awaits the calls in flight until their deadlines, then settles what is
     * left as Unknown.
     */
    void stop() throws InterruptedException {
        stopping = true;
        claiming.stop();
        bell.ring();
        claiming.join(settings.callDeadline());
        awaitSettled(settings.callDeadline().plusMillis(500));
        callers.forEach(Thread::interrupt); // settles their calls as Unknown
        awaitSettled(Duration.ofSeconds(5));
        settling.stop();
        settling.join(settings.pollInterval().plusSeconds(1));
        if (capacity.held() > 0) {
            LOG.warnf(
                    "%d customers could not be settled before the end; they are due again when their leases end",
                    capacity.held());
        }
    }

    private void awaitSettled(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (capacity.held() > 0 && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
