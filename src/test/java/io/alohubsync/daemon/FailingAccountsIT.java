package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * While an account fails, no customer spends an attempt or becomes DEAD. One daemon has an account
 * for each test: what needs settings of its own is in {@link BreakerIT}, what needs two replicas in
 * {@link ReplicasBreakerIT}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FailingAccountsIT {

    private static final Rig RIG = new Rig();
    private static final List<RigAccount> ACCOUNTS = new ArrayList<>();

    private static final RigAccount WRONG_PATH = account("path");
    private static final RigAccount REDIRECTED = account("redirected");
    private static final Socket HELD = held();
    private static final RigAccount UNREACHABLE = account(new RigAccount(RIG, "unreachable", HELD.getLocalPort()));
    private static final RigAccount THROTTLED = account("throttled");
    private static final RigAccount THROTTLED_BADLY = account("throttledbadly");
    private static final RigAccount FAILING_ONCE = account("failingonce");
    private static final RigAccount REFUSING_ALL = account("refusingall");
    private static final RigAccount REFUSING_ONE = account("refusingone");
    private static final RigAccount REFUSING_MANY = account("refusingmany");

    private static RigAccount account(String name) {
        return account(new RigAccount(RIG, name));
    }

    private static RigAccount account(RigAccount account) {
        ACCOUNTS.add(account);
        return account;
    }

    /**
     * Holds a port on which nothing listens: connections to it are refused, and no other program
     * gets it. A server that is to have that very port can still listen on it.
     */
    private static Socket held() {
        try {
            Socket port = new Socket();
            port.setReuseAddress(true);
            port.bind(new InetSocketAddress("127.0.0.1", 0));
            return port;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Daemon.Builder daemon = RIG.daemon();
        WRONG_PATH.addTo(daemon, "/wrong", 64);
        for (RigAccount each : List.of(REDIRECTED, UNREACHABLE, THROTTLED, THROTTLED_BADLY)) {
            each.addTo(daemon, "", 64);
        }
        FAILING_ONCE.addTo(daemon, "", 16);
        REFUSING_ALL.addTo(daemon, "", 8);
        REFUSING_ONE.addTo(daemon, "", 8);
        REFUSING_MANY.addTo(daemon, "", 4);
        RIG.start(daemon);
    }

    @AfterAll
    static void stop() throws IOException {
        RIG.close();
        ACCOUNTS.forEach(RigAccount::close);
        HELD.close();
    }

    private static void assertNoAttemptIsSpent(RigAccount account) {
        assertTrue(account.hasSpentNoAttempt());
    }

    @Test
    void an_endpoint_that_does_not_exist_trips_the_breaker() {
        WRONG_PATH.insertMany(100);
        WRONG_PATH.awaitState("MISCONFIGURED");
        assertNoAttemptIsSpent(WRONG_PATH);
        assertTrue(WRONG_PATH.status("needs").contains("alohub.base-url"));
    }

    @Test
    void a_redirect_trips_the_breaker_and_the_key_does_not_follow() {
        try (Simulator elsewhere = Simulator.start(0)) {
            REDIRECTED.alohub.behave(call -> Reply.status(307).with("Location", elsewhere.url() + "/api/crm/lead"));
            REDIRECTED.insertMany(100);
            REDIRECTED.awaitState("MISCONFIGURED");
            assertEquals(0, elsewhere.callCount());
            assertNoAttemptIsSpent(REDIRECTED);
        }
    }

    @Test
    void an_unreachable_host_trips_the_breaker_until_it_is_back() {
        int port = UNREACHABLE.alohub.port();
        UNREACHABLE.alohub.close();
        UNREACHABLE.insertMany(100);
        UNREACHABLE.awaitState("UNREACHABLE");
        assertNoAttemptIsSpent(UNREACHABLE);
        try (Simulator back = Simulator.start(port)) {
            UNREACHABLE.awaitDelivered(100);
            assertEquals(100, back.leads().size());
        }
    }

    @Test
    void a_throttled_account_waits_and_no_call_goes_out_inside_the_pause() {
        AtomicReference<Instant> first = new AtomicReference<>();
        THROTTLED.alohub.behave(
                call -> { // who was on the way is refused as well
                    first.compareAndSet(null, call.at());
                    return call.at().isBefore(first.get().plusMillis(1_500)) ? Reply.throttled("3") : Reply.success();
                });
        THROTTLED.insertMany(200);
        THROTTLED.awaitState("THROTTLED");
        THROTTLED.awaitDelivered(200);
        assertEquals(0, THROTTLED.customersThatAre("attempts <> 1"), "a throttled call spends nothing");
        List<Simulator.Call> calls = THROTTLED.alohub.calls();
        long gap = 0;
        for (int i = 1; i < calls.size(); i++) {
            gap = Math.max(gap, millisBefore(calls, i));
        }
        assertTrue(gap >= 2_900, "the longest silence was " + gap + " ms");
    }

    @Test
    void throttling_without_a_usable_time_waits_a_second_and_doubles() {
        List<String> nonsense = List.of("0", "-5", "soon", "Thu, 01 Jan 1970 00:00:00 GMT");
        THROTTLED_BADLY.alohub.behave(call -> call.count() <= nonsense.size()
                ? Reply.throttled(nonsense.get((int) call.count() - 1))
                : Reply.success());
        THROTTLED_BADLY.insertMany(1);
        THROTTLED_BADLY.awaitDelivered(1);
        List<Simulator.Call> calls = THROTTLED_BADLY.alohub.calls();
        long[] least = {1_000, 2_000, 4_000, 8_000};
        for (int i = 0; i < least.length; i++) {
            long pause = millisBefore(calls, i + 1);
            assertTrue(pause >= least[i], "pause " + (i + 1) + " was " + pause + " ms");
        }
    }

    private static long millisBefore(List<Simulator.Call> calls, int i) {
        return Duration.between(calls.get(i - 1).at(), calls.get(i).at()).toMillis();
    }

    @Test
    void customers_whose_first_calls_all_fail_are_delivered_all_the_same() {
        FAILING_ONCE.alohub.behave(call -> call.count() == 1 ? Reply.error(500, "FAIL", "once") : Reply.success());
        FAILING_ONCE.insertMany(300);
        FAILING_ONCE.awaitDelivered(300);
    }

    @Test
    void an_alohub_that_refuses_all_customers_makes_none_dead() {
        REFUSING_ALL.alohub.behave(call -> Reply.error(422, "INVALID", "phone"));
        REFUSING_ALL.insertMany(300);
        REFUSING_ALL.awaitState("MISCONFIGURED");
        REFUSING_ALL.awaitSettled();
        assertNoAttemptIsSpent(REFUSING_ALL);
        int before = REFUSING_ALL.calls();
        assertTrue(before <= 20 + 8 + 10, before + " calls");
        Await.until("some probes are refused as well", () -> REFUSING_ALL.calls() >= before + 3);
        assertEquals("MISCONFIGURED", REFUSING_ALL.state());
        assertNoAttemptIsSpent(REFUSING_ALL);
        REFUSING_ALL.alohub.behave(call -> Reply.success());
        REFUSING_ALL.awaitDelivered(300);
    }

    @Test
    void a_firewall_that_refuses_one_customer_stops_that_one() {
        byte[] page = "<html>blocked</html>".getBytes(StandardCharsets.UTF_8);
        REFUSING_ONE.alohub.behave(
                call -> call.phone().equals("0912300050") ? Reply.bytes(403, "text/html", page) : Reply.success());
        REFUSING_ONE.insertMany(200);
        REFUSING_ONE.awaitDelivered(199);
        Await.until(
                "it is dead", () -> REFUSING_ONE.customersThatAre("status = 'DEAD' AND phone = '+84912300050'") == 1);
        List<String> outcomes = REFUSING_ONE.outcomes("+84912300050");
        assertEquals("REFUSED", outcomes.getLast());
        assertTrue(outcomes.size() <= 5, "refused with the account until others had been accepted: " + outcomes);
        REFUSING_ONE.awaitState("ACTIVE");
        RIG.awaitStatus(REFUSING_ONE.insert("0868793800"), "DELIVERED");
    }

    @Test
    void good_customers_get_through_behind_many_that_are_refused() {
        REFUSING_MANY.alohub.behave(
                call -> call.phone().startsWith("09123") ? Reply.error(422, "INVALID", "phone") : Reply.success());
        REFUSING_MANY.insertMany(60);
        REFUSING_MANY.awaitState("MISCONFIGURED");
        REFUSING_MANY.awaitSettled();
        REFUSING_MANY.insertMany("09124", 100);
        REFUSING_MANY.awaitDelivered(100);
        Await.until(
                "those that are refused for themselves are dead in the end",
                () -> REFUSING_MANY.customersThatAre("status = 'DEAD'") == 60);
    }
}
