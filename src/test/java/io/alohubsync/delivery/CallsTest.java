package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.alohub.Reply;
import io.alohubsync.breaker.Breaker;
import io.alohubsync.breaker.BreakerStore;
import io.alohubsync.breaker.CircuitBreaker;
import io.alohubsync.breaker.ConsecutiveFailures;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.loop.EventLoop;
import io.alohubsync.loop.Moment;
import io.alohubsync.loop.Time;
import io.alohubsync.loop.WakeUp;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The event loop is a queue that the test works off. */
class CallsTest {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");
    private static final Duration QUARANTINE = Duration.ofSeconds(60);
    private static final int ROUNDS = 3_000;
    private static final Moment START = new Moment(0, 0);
    private static final Duration LEASE_LASTS = Duration.ofSeconds(90);
    private static final long LEASE_END = LEASE_LASTS.toNanos();

    private final Deque<Runnable> tasks = new ConcurrentLinkedDeque<>();
    private final EventLoop loop = new EventLoop() {
        @Override
        public void run(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void after(long millis, Runnable task) {
            throw new AssertionError("no customer has a slot");
        }
    };
    private final Account account = new Account(
            "default",
            URI.create("http://127.0.0.1:9"),
            KeySource.fixed(KEY.value()),
            "Authorization",
            PhoneFormat.NATIONAL,
            1,
            null,
            RowOrder.BY_ID);
    private final ConsecutiveFailures failures = new ConsecutiveFailures(1);
    private final CircuitBreaker breaker =
            new CircuitBreaker(new BreakerStore(NO_DATABASE, account, Duration.ZERO, Duration.ZERO), failures, () -> 0);
    private final WakeUp claiming = new WakeUp();
    private final Capacity capacity = new Capacity(1, Duration.ofSeconds(2), false, 0, claiming);
    private final Settler settler = new Settler(NO_DATABASE, () -> 0, capacity, List.of());
    private volatile Lease ofThisRound;
    private boolean throwing = true;
    private final RetryPolicy policy = policy(() -> 0);
    private final List<AttemptFinished> finished = new ArrayList<>();
    private final Calls callers = callers(policy, breaker, finished::add);

    private static RetryPolicy policy(RandomGenerator jitter) {
        return new RetryPolicy(12, new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), jitter), QUARANTINE, "test");
    }

    /** As long as {@link #throwing}, its client can't be had: each attempt fails as it begins. */
    private Calls callers(RetryPolicy retries, Breaker side, Consumer<AttemptFinished> listener) {
        Delivery delivery =
                new Delivery(PhoneFormat.NATIONAL, retries, side, null, new Time(() -> Instant.EPOCH, () -> 0));
        return new Calls(
                capacity,
                () -> {
                    if (throwing) {
                        throw new IllegalStateException("a fault of ours");
                    }
                    return null; // no key: they are released
                },
                delivery,
                new AttemptEnd(delivery, settler, capacity, claiming, List.of(listener)),
                loop);
    }

    private final Lease lease = new Lease(START, Duration.ofSeconds(2), LEASE_LASTS);

    private static final DataSource NO_DATABASE = (DataSource) Proxy.newProxyInstance(
            CallsTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                throw new AssertionError("no database here");
            });

    private static Claimed customer(long id, boolean probe) {
        return new Claimed(id, id, new Phone("+84868793800"), "Bằng", null, 1, EarlierAttempts.NONE, probe);
    }

    private void turn() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Test
    void whatever_is_thrown_the_place_is_free_again_and_the_next_begins() {
        Calls faulty = callers(
                policy(() -> {
                    throw new IllegalStateException("another fault of ours");
                }),
                breaker,
                finished::add);
        capacity.takeForProbe();
        capacity.takeForProbe();
        faulty.call(Attempt.atOnce(List.of(customer(1, false), customer(2, false)), lease));
        turn();
        assertTrue(faulty.areIdle());
        assertEquals(0, capacity.unsettled());
        assertTrue(lease.isSettled());
        assertEquals(List.of(), finished);
    }

    @Test
    void a_fault_of_the_program_is_an_unknown_outcome_and_the_phone_is_in_quarantine() {
        callers.call(Attempt.atOnce(List.of(customer(1, false)), lease));
        turn();
        assertTrue(callers.areIdle());
        assertUnknown();
    }

    @Test
    void so_is_one_while_the_answer_is_decided() {
        Breaker faulty = new Breaker() {
            @Override
            public boolean mayBegin(boolean probe) {
                return true;
            }

            @Override
            public Judgement judge(Claimed customer, Outcome read) {
                throw new IllegalStateException("a fault of ours");
            }

            @Override
            public boolean learn(EndedCall call) {
                return false;
            }
        };
        Attempt attempt = Attempt.atOnce(customer(1, false), lease);
        callers(policy, faulty, finished::add).answered(attempt, new Reply.Unanswered(new Outcome.Accepted(200, true)));
        turn();
        assertUnknown();
    }

    private static Breaker thatHasSomethingToWrite(boolean learned) {
        return new Breaker() {
            @Override
            public boolean mayBegin(boolean probe) {
                return true;
            }

            @Override
            public Judgement judge(Claimed customer, Outcome read) {
                return new Judgement(read, false, null);
            }

            @Override
            public boolean learn(EndedCall call) {
                return learned;
            }
        };
    }

    @Test
    void what_the_breaker_has_learned_wakes_the_claiming_loop_which_writes_it() throws InterruptedException {
        for (boolean learned : new boolean[] {true, false}) {
            Attempt attempt = Attempt.atOnce(customer(1, false), lease);
            attempt.client = StandingDelivery.client(KEY);
            callers(policy, thatHasSomethingToWrite(learned), finished::add)
                    .answered(attempt, new Reply.Unanswered(new Outcome.Accepted(200, true)));
            assertEquals(learned, claiming.await(Duration.ZERO));
        }
    }

    @Test
    void a_listener_that_throws_changes_nothing() {
        Calls calls = callers(policy, breaker, event -> {
            finished.add(event);
            throw new IllegalStateException("a fault of ours");
        });
        calls.call(Attempt.atOnce(List.of(customer(1, false), customer(2, false)), lease));
        turn();
        assertTrue(calls.areIdle());
        assertEquals(2, finished.size());
    }

    private void assertUnknown() {
        assertEquals(1, finished.size());
        assertInstanceOf(Outcome.Unknown.class, finished.getFirst().outcome());
        Settlement settlement = finished.getFirst().settlement();
        assertEquals(Consequence.WAITING, settlement.consequence());
        assertEquals(QUARANTINE, settlement.pause());
    }

    @Test
    void a_probe_that_comes_to_nothing_does_not_keep_out_the_next() {
        callers.probe(Attempt.atOnce(customer(1, true), lease));
        assertFalse(callers.mayProbe());
        turn();
        assertTrue(callers.mayProbe());
    }

    @Test
    void customers_that_are_no_probes_do_not_say_whether_one_is_on_its_way() {
        callers.probe(Attempt.atOnce(customer(1, true), lease));
        callers.call(Attempt.atOnce(List.of(customer(2, false)), lease));
        turn();
        assertTrue(callers.mayProbe());
    }

    /** Again and again a probe ends at some moment at which the merging loop hands in customers. */
    @Test
    void a_probe_that_ends_while_another_thread_hands_in_customers_does_not_keep_out_the_next() throws Exception {
        throwing = false;
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Thread merge = Thread.ofPlatform().daemon().start(() -> {
            while (done.get() < ROUNDS) {
                if (done.get() < begun.get()) {
                    for (int i = 0; i < 500 && ended.get() < begun.get(); i++) {
                        callers.call(Attempt.atOnce(List.of(customer(2, false)), ofThisRound));
                        made.incrementAndGet();
                    }
                    done.incrementAndGet();
                }
                Thread.onSpinWait();
            }
        });
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                ofThisRound = new Lease(START, LEASE_LASTS, LEASE_LASTS);
                callers.probe(Attempt.atOnce(customer(1, true), ofThisRound));
                int before = made.get();
                begun.set(round);
                spinUntil(() -> made.get() != before, merge);
                tasks.poll().run(); // the probe's
                ended.set(round);
                int reached = round;
                spinUntil(() -> done.get() >= reached, merge);
                turn();
                assertTrue(callers.mayProbe(), "round " + round);
                while (!ofThisRound.isSettled()) {
                    ofThisRound.settledOne(); // no settler runs here
                }
            }
        } finally {
            ended.set(ROUNDS);
            done.set(ROUNDS);
            merge.join();
        }
    }

    /** Ends where the other thread ended without it, or where this one is interrupted. */
    private static void spinUntil(BooleanSupplier reached, Thread other) {
        while (!reached.getAsBoolean()) {
            assertTrue(other.isAlive() || reached.getAsBoolean(), "the other thread ended");
            assertFalse(Thread.currentThread().isInterrupted(), "interrupted");
            Thread.onSpinWait();
        }
    }

    @Test
    void places_that_are_held_long_after_their_lease_are_known() {
        callers.call(Attempt.atOnce(List.of(customer(1, false)), lease)); // and the loop never turns
        assertFalse(callers.haveStuckCustomers(LEASE_END));
        assertTrue(callers.haveStuckCustomers(LEASE_END + Duration.ofSeconds(61).toNanos()));
        turn();
        lease.settledOne(); // no settler runs here
        assertFalse(
                callers.haveStuckCustomers(LEASE_END + Duration.ofSeconds(61).toNanos()));
    }
}
