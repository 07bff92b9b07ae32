package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Sources, replicas and people at once on a few customers: no deadlock, no lost row, and in the end
 * the newest state.
 */
class TogetherIT {

    private static final int PHONES = 12;
    private static final int ROUNDS = 150;

    private final HotPath path = new HotPath();
    /** What Alohub holds: the last accepted name by phone. */
    private final Map<String, String> alohub = new ConcurrentHashMap<>();

    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    @Test
    void everybody_works_at_once_and_the_newest_state_wins() throws Exception {
        long seed = 20261122;
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> work = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random random = new Random(seed + i);
                work.add(people.submit(rounds(() -> source(random))));
                work.add(people.submit(rounds(() -> path.intake().mergeBatch(1 + random.nextInt(20), Map.of()))));
                Replica replica = new Replica(new Random(random.nextLong()));
                work.add(people.submit(rounds(replica::round)));
                work.add(people.submit(rounds(() -> person(random))));
            }
            for (Future<Void> part : work) {
                part.get(); // a deadlock would be an SQLException here
            }
        }
        assertNoneRegressed();
        bringToRest();
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.sync_status WHERE status <> 'DELIVERED'"));
        assertEquals(
                List.of(),
                path.database.column(
                        "SELECT status FROM alohub.outbox_status WHERE status NOT IN ('DELIVERED', 'SUPERSEDED', 'UNCHANGED')"));
        for (String phone : alohub.keySet()) {
            String newest =
                    path.database.one("SELECT name FROM alohub.customer_outbox WHERE '+84' || substr(phone, 2) = '"
                            + phone + "' AND name IS NOT NULL ORDER BY id DESC LIMIT 1");
            assertEquals(newest, alohub.get(phone), phone + ", seed " + seed);
        }
    }

    private Callable<Void> rounds(Callable<?> round) {
        return () -> {
            for (int i = 0; i < ROUNDS; i++) {
                round.call();
            }
            return null;
        };
    }

    private Object source(Random random) {
        return path.insert(
                phone(random),
                "Name " + random.nextInt(5),
                random.nextBoolean() ? "kh" + random.nextInt(3) + "@example.vn" : null);
    }

    private static String phone(Random random) {
        return "09123450" + (10 + random.nextInt(PHONES));
    }

    /** Its calls last until its next claim, so that those of both are in flight at once. */
    private final class Replica {
        private final Random random;
        private List<Settlement> called = List.of();

        Replica(Random random) {
            this.random = random;
        }

        Object round() throws SQLException {
            List<Settlement> ended = called;
            called = new ArrayList<>();
            for (Claimed customer : path.claim(1 + random.nextInt(3))) {
                assertTrue(inFlight.add(customer.phone().e164()), "a phone is in flight twice");
                called.add(attempt(customer, random.nextInt(6)));
            }
            // Before the settlement: from then on another replica may claim them.
            ended.forEach(
                    settlement -> inFlight.remove(settlement.customer().phone().e164()));
            return path.settle(ended.toArray(Settlement[]::new));
        }
    }

    private Settlement attempt(Claimed customer, int luck) {
        return switch (luck) {
            case 0 -> HotPath.refused(customer);
            case 1 -> HotPath.failed(customer, Duration.ofMillis(1));
            case 2 -> HotPath.notStarted(customer);
            case 3 -> {
                alohub.put(customer.phone().e164(), customer.name()); // applied, but nobody knows
                yield Settlement.of(customer, Consequence.WAITING)
                        .pause(Duration.ofMillis(1))
                        .called("UNKNOWN", Duration.ZERO)
                        .error("reset")
                        .by("test");
            }
            default -> {
                alohub.put(customer.phone().e164(), customer.name());
                yield HotPath.accepted(customer);
            }
        };
    }

    private Object person(Random random) {
        String phone = phone(random);
        String hand = List.of("retry", "hold", "release", "release").get(random.nextInt(4));
        if (path.database.one("SELECT 1 FROM alohub.customer WHERE phone = alohub.as_key('" + phone + "')") == null) {
            return null;
        }
        return path.database.one("SELECT alohub." + hand + "('" + phone + "')");
    }

    /** Before all is sent once more, which would heal it. */
    private void assertNoneRegressed() {
        for (String phone : alohub.keySet()) {
            String delivered = path.database.one(
                    "SELECT name FROM alohub.sync_status WHERE status = 'DELIVERED' AND phone = '" + phone + "'");
            if (delivered != null) {
                assertEquals(delivered, alohub.get(phone), phone);
            }
        }
    }

    private void bringToRest() throws SQLException {
        path.merge();
        path.endLeases(); // of settlements that met a lock
        for (String phone : path.database.column("SELECT phone FROM alohub.customer")) {
            path.database.execute("SELECT alohub.release('" + phone + "')");
            path.database.execute("SELECT alohub.retry('" + phone + "')");
        }
        path.endWaits();
        for (List<Claimed> left = path.claim(100); !left.isEmpty(); left = path.claim(100)) {
            for (Claimed customer : left) {
                path.settle(attempt(customer, 5));
            }
        }
    }
}
