package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Blocks of bad customers before good ones, with the default settings. Short forms of it are in
 * {@link BreakerIT} and {@link FailingAccountsIT}.
 */
class BlocksProof {

    private static final Duration WITHIN = Duration.ofSeconds(90);

    private final TestDatabase database = TestDatabase.empty();
    private final Simulator alohub = Simulator.start(0);
    private final List<Daemon> daemons = new ArrayList<>();

    @AfterEach
    void stop() {
        daemons.forEach(Daemon::close);
        alohub.close();
    }

    private static Reply bad(String how, long count) {
        return switch (how) {
            case "200" -> Reply.businessFailure();
            case "422" -> Reply.error(422, "INVALID", "phone");
            case "500" -> Reply.error(500, "FAIL", "internal error");
            case "hang" -> Reply.fault(Reply.Fault.HANG);
            case "mixed" -> bad(List.of("200", "422", "500", "200").get((int) (count % 4)), count);
            case "timeouts" -> bad(count % 4 == 0 ? "hang" : "200", count);
            default -> throw new IllegalArgumentException(how);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, 0, 64, 1",
        "422, 200, 0, 64, 1",
        "500, 200, 0, 64, 1",
        "mixed, 200, 0, 64, 1",
        "timeouts, 200, 0, 64, 1",
        "200, 1000, 10, 64, 1",
        "422, 1000, 10, 64, 1",
        "500, 1000, 10, 64, 1",
        "200, 1000, 0, 1, 1",
        "422, 200, 0, 4, 1",
        "200, 1000, 0, 64, 2",
        "mixed, 1000, 10, 8, 2",
    })
    void good_customers_are_delivered(String how, int bad, int priority, int concurrency, int replicas)
            throws Exception {
        Function<Simulator.Call, Reply> behaviour = call -> call.phone().startsWith("024")
                ? bad(how, call.count())
                : Reply.success().after(Duration.ofMillis(20));
        alohub.behave(behaviour);
        for (int i = 0; i < replicas; i++) {
            daemons.add(Daemon.builder()
                    .database(TestDatabase.Server.get(), database.url())
                    .alohub(alohub.url(), Simulator.KEY)
                    .jvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
                    .with("ALOHUB_CONCURRENCY", "" + concurrency)
                    .start()
                    .awaitReady());
        }
        Await.until("ready", () -> database.one("SELECT count(*) FROM alohub.account") != null);
        database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, priority) SELECT '0243' || lpad((1000000 + i * 7)::text, 7, '0'), 'Bad ' || i, "
                        + priority + " FROM generate_series(1, " + bad + ") i");
        database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT '09124' || lpad(i::text, 5, '0'), 'Good ' || i"
                        + " FROM generate_series(1, 300) i");
        long begun = System.nanoTime();
        String outcome = "delivered";
        try {
            Await.until(
                    "delivered",
                    WITHIN,
                    () -> database.one(
                                    "SELECT count(*) FROM alohub.sync_status WHERE phone LIKE '+8491%' AND status = 'DELIVERED'")
                            .equals("300"));
        } catch (AssertionError late) {
            outcome = "LATE";
        }
        System.out.printf(
                "BLOCK %s x%d priority %d concurrency %d replicas %d: %s after %.1f s, %d good, %d calls, state %s, %s%n",
                how,
                bad,
                priority,
                concurrency,
                replicas,
                outcome,
                (System.nanoTime() - begun) / 1e9,
                Integer.parseInt(database.one(
                        "SELECT count(*) FROM alohub.sync_status WHERE phone LIKE '+8491%' AND status = 'DELIVERED'")),
                alohub.callCount(),
                database.one("SELECT state FROM alohub.account"),
                database.column(
                        "SELECT status || ' ' || n FROM (SELECT status, count(*) AS n FROM alohub.sync_status GROUP BY status) s ORDER BY 1"));
        daemons.getFirst().output().stream()
                .filter(line ->
                        line.contains("Account default:") || line.contains("ERROR") || line.contains("refunded"))
                .limit(60)
                .forEach(line -> System.out.println("   " + line));
        assertEquals("delivered", outcome, "the good customers");
    }
}
