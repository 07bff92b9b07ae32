package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Refund;
import io.alohubsync.customer.Settlement;
import io.alohubsync.loop.Moment;
import io.alohubsync.loop.WakeUp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** No settlement is lost while its lease lasts, whatever happens while it is written. */
class SettlerIT {

    private final HotPath path = new HotPath();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger fenced = new AtomicInteger();
    private int handed;
    private final List<Settlement> written = new ArrayList<>();
    private final Lease lease = new Lease(new Moment(0, 0), Duration.ZERO, Duration.ofSeconds(90));
    private Trouble trouble = connection -> {};

    /** What happens at a commit. */
    private interface Trouble {
        void at(Connection connection) throws SQLException;
    }

    private final WakeUp claiming = new WakeUp();
    private final Capacity capacity = new Capacity(64, Duration.ofSeconds(2), false, 0, claiming);
    private final Settler settler = new Settler(database(), clock::get, capacity, List.of((settlement, stale) -> {
        written.add(settlement);
        fenced.addAndGet(stale ? 1 : 0);
    }));

    private int done() {
        return handed - capacity.unsettled();
    }

    private DataSource database() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection real = path.database.dataSource().getConnection();
                    return Proxy.newProxyInstance(
                            getClass().getClassLoader(), new Class<?>[] {Connection.class}, (it, called, values) -> {
                                if (called.getName().equals("commit")) {
                                    trouble.at(real);
                                }
                                try {
                                    return called.invoke(real, values);
                                } catch (InvocationTargetException thrown) {
                                    throw thrown.getCause();
                                }
                            });
                });
    }

    private List<Claimed> claimed(int customers) throws SQLException {
        for (int i = 0; i < customers; i++) {
            path.insert("09123450" + (10 + i), "Khách " + i, null);
        }
        path.merge();
        return path.claim(customers);
    }

    private void hand(Settlement settlement) {
        lease.add(1);
        capacity.takeForProbe();
        handed++;
        settler.queue(settlement, lease);
    }

    private void settle() throws Exception {
        settler.settleNext(Duration.ZERO);
    }

    private String delivered() {
        return path.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DELIVERED'");
    }

    @Test
    void a_commit_whose_acknowledgement_is_lost_is_no_stale_answer() throws Exception {
        Claimed customer = claimed(1).getFirst();
        hand(HotPath.accepted(customer));
        trouble = connection -> {
            connection.commit();
            throw new SQLException("An I/O error occurred", "08006");
        };
        settle();
        assertEquals(0, done(), "nobody knows yet");
        trouble = connection -> {};
        settle();
        assertEquals(1, done());
        assertEquals(0, fenced.get());
        assertEquals(1, written.size());
        assertEquals("1", delivered());
        assertTrue(lease.isSettled());
    }

    @Test
    void a_refund_waits_for_no_other_settlement() throws Exception {
        Claimed customer = claimed(1).getFirst();
        hand(HotPath.failed(customer, Duration.ofHours(1)));
        settle();
        String attempts = "SELECT attempts FROM alohub.due";
        assertEquals("1", path.database.one(attempts));
        settler.refund(List.of(new Refund(customer.customerId(), customer.revision(), 1)));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> settler.settleNext(Duration.ofMinutes(5)));
        assertEquals("0", path.database.one(attempts));
    }

    @Test
    void an_answer_whose_lease_was_taken_by_another_is_stale() throws Exception {
        Claimed customer = claimed(1).getFirst();
        path.endLeases();
        path.claimOne();
        hand(HotPath.accepted(customer));
        settle();
        assertEquals(1, fenced.get());
        assertEquals(1, done());
    }

    @Test
    void an_unchecked_exception_loses_none_of_a_batch() throws Exception {
        claimed(3).forEach(customer -> hand(HotPath.accepted(customer)));
        AtomicInteger commits = new AtomicInteger();
        trouble = connection -> {
            if (commits.incrementAndGet() <= 2) {
                throw new IllegalStateException("a fault of ours");
            }
        };
        settle();
        assertEquals("2", delivered(), "the batch failed, then the first of them alone");
        settle();
        assertEquals("3", delivered());
        assertEquals(3, done());
        assertTrue(lease.isSettled());
    }

    @Test
    void one_that_the_database_refuses_takes_none_with_it_even_if_another_fault_follows() throws Exception {
        List<Claimed> customers = claimed(3);
        Settlement refused = HotPath.refused(customers.getFirst());
        hand(Settlement.of(refused.customer(), refused.consequence())
                .pause(refused.pause())
                .called("REFUSED", refused.duration())
                .httpStatus(422)
                .error("NUL \u0000 is no text")
                .by("test"));
        customers.stream().skip(1).forEach(customer -> hand(HotPath.accepted(customer)));
        trouble = connection -> {
            throw new SQLException("too many connections", "53300");
        };
        settle(); // the first alone is refused for its content, the second meets the other fault
        assertEquals("0", delivered());
        trouble = connection -> {};
        settle();
        assertEquals("2", delivered());
        assertEquals(3, done());
    }

    @Test
    void those_for_which_a_trigger_raises_an_error_take_none_with_them() throws Exception {
        path.database.execute("""
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF new.phone LIKE '%1' THEN RAISE EXCEPTION 'not %', new.phone; END IF; RETURN new; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON alohub.delivery_attempt FOR EACH ROW EXECUTE FUNCTION public.refuse()""");
        claimed(3).forEach(customer -> hand(HotPath.accepted(customer)));
        settle();
        assertEquals("2", delivered());
        assertEquals(3, done());
    }

    @Test
    void a_trigger_that_raises_an_error_for_all_leaves_nearly_all_to_be_tried_again() throws Exception {
        path.database.execute("""
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON alohub.delivery_attempt FOR EACH ROW EXECUTE FUNCTION public.refuse()""");
        claimed(10).forEach(customer -> hand(HotPath.accepted(customer)));
        settle();
        assertEquals(3, done());
        path.database.execute("DROP TRIGGER refuse ON alohub.delivery_attempt");
        settle();
        assertEquals("7", delivered());
    }

    @Test
    void what_is_not_written_by_the_end_of_its_lease_is_given_up() throws Exception {
        hand(HotPath.accepted(claimed(1).getFirst()));
        trouble = connection -> {
            throw new SQLException("away", "08001");
        };
        settle();
        clock.set(Duration.ofSeconds(90).toNanos());
        settle();
        assertEquals(1, done());
        assertTrue(lease.isSettled());
    }

    @Test
    void a_customer_that_somebody_holds_locked_keeps_nobody_elses_attempts_from_being_refunded() throws Exception {
        List<Claimed> customers = claimed(2);
        customers.forEach(customer -> hand(HotPath.refused(customer)));
        settler.refund(customers.stream()
                .map(customer -> new Refund(customer.customerId(), 1, 1))
                .toList());
        try (Connection person = path.database.dataSource().getConnection();
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute("SELECT FROM alohub.customer WHERE id = "
                    + customers.getFirst().customerId() + " FOR UPDATE");
            assertTimeoutPreemptively(Duration.ofSeconds(10), this::settle, "it waits for nobody");
            assertEquals(
                    "0",
                    path.database.one("SELECT attempts FROM alohub.due WHERE NOT dead AND customer_id = "
                            + customers.getLast().customerId()));
        }
        settle();
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.due WHERE dead OR attempts > 0"));
    }

    /** Connections wait for a lock no longer than 100 ms from now on. */
    private Connection lockDue(Claimed customer) throws SQLException {
        path.database.execute("ALTER DATABASE " + path.database.name() + " SET lock_timeout = '100ms'");
        Connection person = path.database.dataSource().getConnection();
        person.setAutoCommit(false);
        try (Statement statement = person.createStatement()) {
            statement.execute("SELECT FROM alohub.due WHERE customer_id = " + customer.customerId() + " FOR UPDATE");
        }
        return person;
    }

    @Test
    void a_row_of_due_that_somebody_has_locked_keeps_back_its_customer_alone() throws Exception {
        List<Claimed> customers = claimed(2);
        customers.forEach(customer -> hand(HotPath.accepted(customer)));
        try (Connection person = lockDue(customers.getFirst())) {
            settle();
            assertEquals("0", delivered(), "it waits for the lock");
            settle();
            assertEquals("1", delivered());
            assertEquals(0, capacity.busy());
            person.rollback();
        }
        settle();
        assertEquals("2", delivered());
    }

    @Test
    void a_row_of_due_that_somebody_has_locked_keeps_back_no_other_refund() throws Exception {
        List<Claimed> customers = claimed(2);
        customers.forEach(customer -> hand(HotPath.refused(customer)));
        settle();
        settler.refund(customers.stream()
                .map(customer -> new Refund(customer.customerId(), 1, 1))
                .toList());
        String dead = "SELECT count(*) FROM alohub.due WHERE dead";
        try (Connection person = lockDue(customers.getFirst())) {
            settle();
            assertEquals("2", path.database.one(dead), "it waits for the lock");
            settle();
            assertEquals("1", path.database.one(dead));
            person.rollback();
        }
        settle();
        assertEquals("0", path.database.one(dead));
    }

    @Test
    void a_settlement_that_leaves_its_customer_due_wakes_the_claim_and_one_that_does_not_leaves_it_asleep()
            throws Exception {
        List<Claimed> customers = claimed(2);
        hand(HotPath.accepted(customers.getFirst()));
        settle();
        assertFalse(claiming.await(Duration.ZERO));
        path.insert("0912345011", "Khách mới hơn", null); // while the second is in flight
        path.merge();
        hand(HotPath.accepted(customers.getLast()));
        settle();
        assertTrue(claiming.await(Duration.ZERO));
        assertEquals(1, path.claim(5).size());
    }
}
