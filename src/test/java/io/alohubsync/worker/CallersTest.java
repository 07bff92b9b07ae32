package io.alohubsync.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.Gate;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.Lease;
import io.alohubsync.delivery.RetryPolicy;
import io.alohubsync.delivery.Settler;
import io.alohubsync.delivery.Streak;
import io.alohubsync.phone.Phone;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The event loop is a queue that the test works off. */
class CallersTest {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");
    private static final long LEASE_END = Duration.ofSeconds(90).toNanos();

    private final Deque<Runnable> tasks = new ArrayDeque<>();
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
    private final Streak streak = new Streak(1);
    private final GateKeeper gate = new GateKeeper(
            "default",
            new Gate(NO_DATABASE, account, Duration.ZERO, Duration.ZERO),
            streak,
            spent -> {},
            () -> {},
            () -> 0);
    private final Capacity capacity = new Capacity(1, Duration.ofSeconds(2), false, 0);
    private final Settler settler = new Settler(NO_DATABASE, () -> 0, () -> 0, late -> {}, capacity::giveBack, null);
    private final Callers callers = new Callers(
            account,
            () -> {
                throw new IllegalStateException("nothing was foreseen to be thrown here");
            },
            new Delivery(
                    PhoneFormat.NATIONAL,
                    new RetryPolicy(
                            12, Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(60), () -> 0, "test"),
                    streak,
                    gate,
                    (outcome, duration) -> {},
                    InstantSource.system(),
                    () -> 0,
                    null),
            gate,
            settler,
            capacity,
            settlement -> {},
            () -> 0,
            loop);
    private final Lease lease = new Lease(Duration.ofSeconds(2).toNanos(), LEASE_END);

    private static final DataSource NO_DATABASE = (DataSource) Proxy.newProxyInstance(
            CallersTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                throw new AssertionError("no database here");
            });

    private static Claimed customer(long id, boolean probe) {
        return new Claimed(id, id, new Phone("+84868793800"), "Bằng", null, 1, 0, false, probe, false);
    }

    private void turn() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Test
    void whatever_is_thrown_the_place_is_free_again_and_the_next_begins() {
        capacity.takeOne();
        capacity.takeOne();
        callers.call(List.of(customer(1, false), customer(2, false)), lease);
        turn();
        assertTrue(callers.areIdle());
        assertEquals(0, capacity.held());
        assertTrue(lease.isOver());
    }

    @Test
    void a_probe_that_comes_to_nothing_does_not_keep_out_the_next() {
        capacity.takeOne();
        callers.probe(customer(1, true), lease);
        assertFalse(callers.mayProbe());
        turn();
        assertTrue(callers.mayProbe());
    }

    @Test
    void customers_that_are_no_probes_do_not_say_whether_one_is_on_its_way() {
        callers.probe(customer(1, true), lease);
        callers.call(List.of(customer(2, false)), lease);
        turn();
        assertTrue(callers.mayProbe());
    }

    @Test
    void places_that_are_held_long_after_their_lease_are_known() {
        callers.call(List.of(customer(1, false)), lease); // and the loop never turns
        assertFalse(callers.haveForgotten(LEASE_END));
        assertTrue(callers.haveForgotten(LEASE_END + Duration.ofSeconds(61).toNanos()));
        turn();
        assertFalse(callers.haveForgotten(LEASE_END + Duration.ofSeconds(61).toNanos()));
    }
}
