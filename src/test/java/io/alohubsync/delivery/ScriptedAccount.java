package io.alohubsync.delivery;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.account.Account;
import io.alohubsync.account.AccountState;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.TripCause;
import io.alohubsync.breaker.BreakerEvent;
import io.alohubsync.breaker.BreakerStore;
import io.alohubsync.breaker.CircuitBreaker;
import io.alohubsync.breaker.ConsecutiveFailures;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Refund;
import io.alohubsync.customer.Settlement;
import io.alohubsync.loop.EventLoop;
import io.alohubsync.loop.Time;
import io.alohubsync.loop.WakeUp;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parts of one account's delivery, as {@link AccountDelivery} puts them together, on a clock, an
 * event loop and a database that the test holds.
 */
final class ScriptedAccount {

    static final int CONCURRENCY = 8;
    static final Duration SEND_BY = Duration.ofSeconds(2);
    static final Duration LEASE = Duration.ofSeconds(90);
    private static final OffsetDateTime DATABASE_TIME = OffsetDateTime.parse("2026-11-26T09:00:00Z");

    /** On the monotonic clock. */
    long now;

    AccountState state = AccountState.ACTIVE;
    boolean probeDue;

    /** What the statement with these words meets; null: nothing. */
    String failing;

    /** SQLSTATE. */
    String failingWith = "08006";

    /** All statements fail once such a thing was written; null: none does. */
    String failsAfter;

    /** Customers that claims have left. */
    final Queue<Long> due = new ArrayDeque<>();

    /** Customers that another transaction holds. */
    final Set<Long> lockedElsewhere = new TreeSet<>();

    /** What happened to rows, in order. */
    final List<String> written = new ArrayList<>();

    final Queue<Runnable> tasks = new ArrayDeque<>();
    private final EventLoop loop = new EventLoop() {
        @Override
        public void run(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void after(long millis, Runnable task) {
            tasks.add(task);
        }
    };

    final WakeUp wakeUp = new WakeUp();
    final ScriptedDatabase database = new ScriptedDatabase(this::answer);
    final KeyedClient client =
            new KeyedClient(KeySource.fixed("key"), StandingDelivery::client, Duration.ofSeconds(22));
    final Time time = new Time(() -> Instant.EPOCH, () -> now);
    final Capacity capacity = new Capacity(CONCURRENCY, SEND_BY, false, now, wakeUp);
    final Settler settler = new Settler(database.dataSource(), () -> now, capacity, List.of());
    final CircuitBreaker breaker = new CircuitBreaker(
            new BreakerStore(database.dataSource(), account(), Duration.ofSeconds(30), Duration.ofSeconds(8)),
            new ConsecutiveFailures(CONCURRENCY),
            () -> now);
    final AccountReading reading = new AccountReading(breaker, settler);
    final Claims claims = new Claims(
            database.dataSource(),
            new LeaseTerms("default", SEND_BY, LEASE),
            new Pacing(null, SEND_BY, Duration.ofSeconds(8)),
            false,
            time);
    final Calls calls = calls();
    final MergeLeasing leasing = new MergeLeasing(client, breaker, claims, calls, capacity);
    final ClaimLoop claimLoop =
            new ClaimLoop(client, reading, claims, calls, new ClaimPause(wakeUp, Duration.ofHours(1), capacity));

    private Calls calls() {
        Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), () -> 0);
        RetryPolicy policy = new RetryPolicy(12, backoff, Duration.ofSeconds(60), "test");
        Delivery delivery = new Delivery(PhoneFormat.NATIONAL, policy, breaker, null, time);
        AttemptEnd end = new AttemptEnd(delivery, settler, capacity, wakeUp, List.of());
        return new Calls(capacity, client::current, delivery, end, loop);
    }

    private static Account account() {
        return new Account(
                "default",
                URI.create("http://127.0.0.1:9"),
                KeySource.fixed("key"),
                "Authorization",
                PhoneFormat.NATIONAL,
                CONCURRENCY,
                null,
                RowOrder.BY_ID);
    }

    static Claimed customer(long id) {
        return new Claimed(id, id, new Phone("+84868793800"), "Bằng", null, 1, EarlierAttempts.NONE, false);
    }

    static BreakerEvent.Trip trip() {
        return new BreakerEvent.Trip(
                TripCause.ENDPOINT, "words", "key", BreakerEvent.Evidence.ONE_CALL, List.of(new Refund(7, 1, 1)));
    }

    Lease lease() {
        return new Lease(time.now(), SEND_BY, LEASE);
    }

    /** One that takes capacity, as each attempt does. */
    void settleLater(long id, Lease lease) {
        capacity.takeForProbe();
        lease.add(1);
        settler.queue(
                Settlement.of(customer(id), Settlement.Consequence.DELIVERED)
                        .called("ACCEPTED", Duration.ZERO)
                        .by("test"),
                lease);
    }

    private List<SequencedMap<String, Object>> answer(String sql, List<Object> values) throws SQLException {
        boolean over = failsAfter != null && written.stream().anyMatch(one -> one.startsWith(failsAfter));
        if (over || (failing != null && sql.contains(failing))) {
            throw new SQLException("away", failingWith);
        }
        if (sql.contains("UPDATE alohub.account SET state") || sql.contains("UPDATE alohub.account\nSET state")) {
            written.add("state " + values.getFirst());
            return List.of(new LinkedHashMap<>());
        }
        if (sql.contains("FROM alohub.account WHERE name = ?") && sql.contains("refused_keys, accepted_key")) {
            return List.of(breakerRow());
        }
        if (sql.contains("-- Leases one customer as the probe") || sql.contains("tried_first")) {
            written.add("probe");
            return List.of();
        }
        if (sql.contains("moment CROSS JOIN permits")) {
            return claimed(Math.toIntExact(limit(values)));
        }
        if (sql.contains("FOR NO KEY UPDATE SKIP LOCKED") && sql.contains("SELECT id FROM alohub.customer")) {
            return ids(customers(values).stream()
                    .filter(id -> !lockedElsewhere.contains(id))
                    .toList());
        }
        if (sql.contains("greatest(0, d.attempts - s.attempts)")) {
            written.add("refunded " + customers(values));
            return List.of();
        }
        if (sql.contains("UPDATE alohub.customer c")) {
            written.add("settled " + customers(values));
            return ids(customers(values));
        }
        return List.of();
    }

    private static long limit(List<Object> values) {
        return values.stream()
                .filter(Long.class::isInstance)
                .mapToLong(Long.class::cast)
                .filter(value -> value > 0 && value <= 10_000)
                .findFirst()
                .orElse(1);
    }

    @SuppressWarnings("unchecked")
    private static List<Long> customers(List<Object> values) {
        return (List<Long>) values.stream()
                .filter(value -> value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Long)
                .findFirst()
                .orElse(List.of());
    }

    private static List<SequencedMap<String, Object>> ids(List<Long> ids) {
        List<SequencedMap<String, Object>> rows = new ArrayList<>();
        for (Long id : ids) {
            SequencedMap<String, Object> row = new LinkedHashMap<>();
            row.put("id", id);
            rows.add(row);
        }
        return rows;
    }

    private SequencedMap<String, Object> breakerRow() {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("now", DATABASE_TIME);
        row.put("state", state.name());
        row.put("since", DATABASE_TIME);
        for (int column = 4; column <= 21; column++) {
            row.put("column " + column, null);
        }
        if (!state.allowsCalls()) {
            row.put("column 8", TripCause.ENDPOINT.name());
            row.put("column 10", probeDue ? DATABASE_TIME : DATABASE_TIME.plusSeconds(30));
        }
        row.put("column 14", ScriptedDatabase.array(new String[0]));
        return row;
    }

    /** Rows of a claim: at least one, which reports the time and what is allowed. */
    private List<SequencedMap<String, Object>> claimed(int limit) {
        List<SequencedMap<String, Object>> rows = new ArrayList<>();
        do {
            Long id = due.poll();
            SequencedMap<String, Object> row = new LinkedHashMap<>();
            row.put("customer_id", id);
            row.put("lease_token", id);
            row.put("phone", "+84868793800");
            row.put("name", "Bằng");
            row.put("email", null);
            row.put("wanted_revision", 1);
            row.put("attempts", 0);
            row.put("lost", false);
            row.put("suspect", false);
            row.put("priority", (short) 0);
            row.put("due", 1.0);
            row.put("now", 1000.0);
            row.put("allowed", (long) limit);
            row.put("throttled", null);
            row.put("throttlings", null);
            rows.add(row);
        } while (rows.size() < limit && !due.isEmpty());
        return rows;
    }
}
