package io.alohubsync.delivery;

import io.alohubsync.TestDatabase;
import io.alohubsync.account.Account;
import io.alohubsync.account.Register;
import io.alohubsync.breaker.BreakerEvent;
import io.alohubsync.breaker.BreakerStore;
import io.alohubsync.breaker.BreakerView;
import io.alohubsync.breaker.CircuitBreaker;
import io.alohubsync.breaker.ConsecutiveFailures;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.loop.LowWaterMark;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An account for which no rate is set, in virtual time: the program's own breaker, schedule and
 * statements on a real database whose clock the test holds. One replica, by default with an endless
 * backlog; only the customers and the calls themselves are played.
 */
final class RateLoop implements AutoCloseable {

    private static final int CONCURRENCY = 64;
    private static final int CUSTOMERS = 400;
    private static final double FRESH = 0.2;
    private static final double POLL = 1;
    private static final double AGAIN_SECONDS = 20; // of a customer that is throttled in succession
    private static final double LATE = 1e-4; // so that what a moment later sees has happened
    private static final String KEY = "fingerprint";
    private static final String EPOCH = "2040-01-01 00:00:00+00";

    /** What Alohub answers. @param pause null: none is named */
    record Answer(int status, @Nullable Duration pause) {
        static final Answer TAKEN = new Answer(200, null);

        boolean taken() {
            return status == 200;
        }
    }

    @FunctionalInterface
    interface Limiter {
        Answer ask(double now);

        /** @param customer 0 is the first one */
        default Answer ask(double now, int customer) {
            return ask(now);
        }
    }

    /** @param throttlings in succession, up to the last call */
    private record Customer(int number, int throttlings, double due) {
        String phone() {
            return "+84912" + String.format("%06d", number);
        }
    }

    private record Call(double begun, Customer customer, Answer answer) {}

    private record Event(double at, long number, Step step) {}

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private final Limiter limiter;
    private final double latency;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
    private final List<Call> calls = new ArrayList<>();
    private final PriorityQueue<Customer> again =
            new PriorityQueue<>(Comparator.comparingDouble(Customer::due).thenComparingInt(Customer::number));
    private DoubleUnaryOperator arrived = time -> Double.MAX_VALUE; // customers until then
    private int begun;
    private final TestDatabase database = TestDatabase.migrated();
    private final Connection connection;
    private final CircuitBreaker breaker;
    private final Pacing pacing = new Pacing(null, Duration.ofSeconds(2), Duration.ofSeconds(8));
    private int written; // of the calls, in the history
    private int leased;
    private double now;
    private double seenAt = -1; // the database's clock
    private long number;
    private long rounds;
    private int claimed;
    private int inFlight;

    RateLoop(Account account, Limiter limiter, double latency, long seed) throws SQLException {
        this.limiter = limiter;
        this.latency = latency;
        this.random = new Random(seed);
        this.connection = database.daemonConnection();
        holdTheClock();
        DataSource source = (DataSource) proxy(DataSource.class, this, "getConnection");
        BreakerStore rows = new BreakerStore(source, account, Duration.ofSeconds(30), Duration.ofSeconds(8));
        Register.register(source, account);
        this.breaker = new CircuitBreaker(rows, new ConsecutiveFailures(CONCURRENCY), () -> (long) (now * 1e9));
        backlog();
        roundAt(0);
    }

    /** What the statements take for PostgreSQL's clock is a function of the test's. */
    private void holdTheClock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA held");
            statement.execute("CREATE FUNCTION held.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS"
                    + " $$ SELECT '" + EPOCH
                    + "'::timestamptz + make_interval(secs => current_setting('held.now')::float8) $$");
            statement.execute("SET search_path = held, pg_catalog");
        }
        tellTheTime();
    }

    private void tellTheTime() throws SQLException {
        if (seenAt != now) {
            seenAt = now;
            try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('held.now', ?, false)")) {
                statement.setString(1, Double.toString(now));
                statement.execute();
            }
        }
    }

    private void backlog() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO alohub.customer (account, phone) SELECT 'default', '+84912' || lpad(i::text, 6, '0')"
                            + " FROM generate_series(1, "
                            + CUSTOMERS + ") i");
            statement.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision)"
                    + " SELECT id, account, 1 FROM alohub.customer ORDER BY id");
        }
    }

    /** Of the interface, with the one connection behind it, which stays open and knows the time. */
    private static Object proxy(Class<?> of, RateLoop loop, String method) {
        return Proxy.newProxyInstance(
                RateLoop.class.getClassLoader(), new Class<?>[] {of}, (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        loop.tellTheTime();
                        return proxy(Connection.class, loop, "");
                    }
                    if (called.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return called.invoke(loop.connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /** Instead of the endless backlog. @param arrived how many customers have come until a time */
    RateLoop arriving(DoubleUnaryOperator arrived) {
        this.arrived = arrived;
        return this;
    }

    RateLoop runUntil(double end) throws SQLException {
        while (events.element().at < end) {
            Event next = events.remove();
            now = next.at;
            next.step.run();
        }
        return this;
    }

    double takenPerSecond(double from, double to) {
        return count(from, to, call -> call.answer.taken()) / (to - from);
    }

    double callsPerSecond(double from, double to) {
        return count(from, to, call -> true) / (to - from);
    }

    double shareRefused(double from, double to) {
        double refused = count(from, to, call -> !call.answer.taken());
        return refused / Math.max(1, count(from, to, call -> true));
    }

    private long count(double from, double to, Predicate<Call> which) {
        return calls.stream()
                .filter(call -> call.begun >= from && call.begun < to)
                .filter(which)
                .count();
    }

    private void at(double time, Step step) {
        events.add(new Event(time, number++, step));
    }

    /** The claiming loop's next round, unless it is woken before. */
    private void roundAt(double time) {
        long round = ++rounds;
        at(time, () -> {
            if (round == rounds) {
                round();
            }
        });
    }

    private void round() throws SQLException {
        if (breaker.isTripped()) {
            writeHistory();
        }
        breaker.applyLearned(KEY);
        BreakerView seen = breaker.seen(KEY, Duration.ofNanos((long) (FRESH * 1e9)));
        int free = (int) Math.min(2 * CONCURRENCY - claimed, waiting());
        if (!seen.allowsCalls()) {
            Double left = seen.changesIn();
            roundAt(now + (left == null || left <= 0 || left > POLL ? POLL : left + 0.001) + LATE);
        } else if (free <= 0) {
            roundAt(now + latency / 4);
        } else if (pacing.needsSlots(seen)) {
            roundAt(now + claim(free));
        } else {
            for (int i = 0; i < free; i++) {
                callAt(now);
            }
            roundAt(now + latency / 4);
        }
    }

    /** @return seconds until the next claim */
    private double claim(int free) throws SQLException {
        tellTheTime();
        LeaseRequest request = new LeaseRequest("default", KEY, free, Duration.ofSeconds(90));
        ClaimSql.Slots slots = ClaimSql.claim(connection, request, pacing.pace(), new LowWaterMark(() -> 1));
        int taken = slots.customers().size();
        for (int i = 0; i < taken; i++) {
            callAt(now + slots.slot(i));
        }
        leased += taken;
        if (leased > CUSTOMERS - 2 * CONCURRENCY) {
            endLeases();
        }
        double next = slots.exhausted() ? pacing.untilNextClaim(slots).toNanos() / 1e9 : taken > 0 ? LATE : POLL;
        return Math.min(FRESH, next);
    }

    private void endLeases() throws SQLException {
        leased = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE alohub.due SET lease_token = NULL, leased_at = NULL, lease_until = NULL, sent_revision ="
                            + " NULL, attempts = 0");
        }
    }

    private void callAt(double slot) {
        claimed++;
        at(slot, this::callWhenACallerIsFree);
    }

    private void callWhenACallerIsFree() {
        if (inFlight == CONCURRENCY) {
            at(now + latency / 10, this::callWhenACallerIsFree);
        } else if (breaker.mayBegin(false)) {
            call();
        } else {
            claimed--; // released
        }
    }

    private double waiting() {
        long dueAgain = again.stream().filter(customer -> customer.due <= now).count();
        return arrived.applyAsDouble(now) - begun + dueAgain - claimed;
    }

    /** Those that are due again have come before. */
    private Customer next() {
        return !again.isEmpty() && again.element().due <= now ? again.remove() : new Customer(begun++, 0, now);
    }

    private void call() {
        double begun = now;
        Customer customer = next();
        double half = latency * (0.4 + 0.2 * random.nextDouble());
        inFlight++;
        at(now + half, () -> {
            Answer answer = limiter.ask(now, customer.number);
            at(now + half, () -> answered(begun, customer, answer));
        });
    }

    private void answered(double begun, Customer customer, Answer answer) {
        inFlight--;
        claimed--;
        calls.add(new Call(begun, customer, answer));
        long nanos = (long) (begun * 1e9);
        if (answer.taken()) {
            breaker.accepted(1, KEY, nanos);
        } else {
            boolean behindTheOthers = customer.throttlings > 0 && answer.status == 429;
            again.add(new Customer(
                    customer.number, customer.throttlings + 1, behindTheOthers ? now + AGAIN_SECONDS : now));
            breaker.learn(new BreakerEvent.Throttle(answer.pause(), "HTTP " + answer.status(), null, nanos));
            roundAt(now);
        }
    }

    /** As the settles of the program do. */
    private void writeHistory() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome,"
                        + " http_status, started_at) VALUES (1, 'default', ?, 1, 1, ?, ?, '" + EPOCH
                        + "'::timestamptz + make_interval(secs => ?))")) {
            for (Call call : calls.subList(written, calls.size())) {
                statement.setString(1, call.customer.phone());
                statement.setString(2, call.answer.taken() ? "ACCEPTED" : "THROTTLED");
                statement.setInt(3, call.answer.status());
                statement.setDouble(4, call.begun);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        written = calls.size();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
