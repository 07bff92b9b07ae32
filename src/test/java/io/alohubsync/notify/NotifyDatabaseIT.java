package io.alohubsync.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.TestDatabase;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.notify.NotifySql.Count;
import io.alohubsync.observe.Figures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several replicas, one database: each change makes one message for each channel, and one of them
 * sends it.
 */
class NotifyDatabaseIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final DataSource SOURCE = DATABASE.dataSource();
    private static final Set<Channel> BOTH = Set.of(Channel.MAIL, Channel.WEBHOOK);
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Figures figures = new Figures(Map.of(), 0);

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE alohub.notify_state, alohub.notify_message, alohub.notify_count;"
                + " UPDATE alohub.account SET state = 'ACTIVE', probe_at = NULL");
    }

    private Watch replica(Duration lasting) {
        return new Watch(SOURCE, () -> figures, BOTH, new Rules(lasting, Duration.ofMinutes(15), 0.05));
    }

    private static void trip() {
        DATABASE.execute("UPDATE alohub.account SET state = 'KEY_REJECTED', trip_cause = 'KEY', probe_at = now()");
    }

    private static List<String> events() {
        return DATABASE.column(
                "SELECT channel || ' ' || event || ' ' || account FROM alohub.notify_message ORDER BY id");
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(threads);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    together.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : all) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void a_trip_that_many_replicas_find_at_one_moment_makes_one_message_for_each_channel_and_so_does_the_recovery()
            throws Exception {
        trip();
        atOnce(4, () -> replica(Duration.ZERO).look());
        atOnce(4, () -> replica(Duration.ZERO).look());
        DATABASE.execute("UPDATE alohub.account SET state = 'ACTIVE', probe_at = NULL");
        atOnce(4, () -> replica(Duration.ZERO).look());
        List<String> messages = events();
        assertEquals(4, messages.size(), messages::toString);
        assertEquals(
                Set.of("MAIL account.tripped default", "WEBHOOK account.tripped default"),
                Set.copyOf(messages.subList(0, 2)));
        assertEquals(
                Set.of("MAIL account.recovered default", "WEBHOOK account.recovered default"),
                Set.copyOf(messages.subList(2, 4)));
    }

    @Test
    void another_replica_goes_on_with_a_change_that_one_has_found() throws SQLException {
        trip();
        replica(Duration.ofMinutes(2)).look();
        assertEquals(List.of(), events());
        DATABASE.execute("UPDATE alohub.notify_state SET differs_since = differs_since - interval '2 minutes'");
        replica(Duration.ofMinutes(2)).look();
        replica(Duration.ofMinutes(2)).look();
        assertEquals(2, events().size());
        assertEquals(
                "KEY_REJECTED KEY",
                DATABASE.one("SELECT facts->>'state' || ' ' || (facts->>'cause') FROM alohub.notify_message LIMIT 1"));
    }

    @Test
    void an_overdue_customer_makes_a_message_and_its_end_another() throws SQLException {
        figures = new Figures(Map.of("default", new Figures.OfAccount(Map.of(), 7, 1000)), 0);
        replica(Duration.ZERO).look();
        figures = new Figures(Map.of("default", new Figures.OfAccount(Map.of(), 1, 3)), 0);
        replica(Duration.ZERO).look();
        assertEquals(
                List.of("1000", "3"),
                DATABASE.column(
                        "SELECT facts->>'oldestSeconds' FROM alohub.notify_message WHERE channel = 'MAIL' AND event"
                                + " IN ('customers.overdue', 'customers.on-time') ORDER BY id"));
    }

    @Test
    void rejected_rows_of_all_replicas_together_make_a_message_with_their_reasons() throws SQLException {
        for (int replica = 0; replica < 2; replica++) {
            SimpleMeterRegistry its = new SimpleMeterRegistry();
            its.counter("alohub.sync.rows.merged").increment(100);
            its.counter("alohub.sync.rejections", "account", "default", "reason", "phone.missing", "source", "erp")
                    .increment(12);
            Tally.Since since = new Tally(its).since();
            Transaction.run(SOURCE, connection -> NotifySql.add(connection, since.counts()));
        }
        replica(Duration.ZERO).look();
        assertEquals(
                "{\"rows\": 200, \"since\": \"\", \"reasons\": [{\"count\": 24, \"reason\": \"phone.missing\"}], \"sources\": [], \"rejected\": 24}",
                DATABASE.one(
                        "SELECT jsonb_set(facts, '{since}', '\"\"') FROM alohub.notify_message WHERE channel = 'MAIL'"));
    }

    @Test
    void what_was_done_is_counted_once_whatever_fails_between() {
        registry.counter("alohub.sync.rows.merged").increment(5);
        Tally tally = new Tally(registry);
        assertEquals(List.of(new Count("", "merged", 5)), tally.since().counts());
        Tally.Since again = tally.since();
        assertEquals(List.of(new Count("", "merged", 5)), again.counts());
        registry.counter("alohub.sync.rows.merged").increment(2);
        again.kept();
        assertEquals(List.of(new Count("", "merged", 2)), tally.since().counts());
    }

    @Test
    void all_replicas_together_make_one_digest_a_day() throws Exception {
        Transaction.run(
                SOURCE,
                connection -> NotifySql.add(
                        connection,
                        List.of(
                                new Count("", "merged", 30),
                                new Count("default", "calls:ACCEPTED", 25),
                                new Count("default", "calls:FAILED", 2),
                                new Count("default", "rejected:phone.missing", 3))));
        Instant now = DATABASE.one(
                        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                .transform(Instant::parse);
        Digest.Hour hour = new Digest.Hour(LocalTime.of(8, 0), ZONE);
        Instant tomorrow = now.atZone(ZONE)
                .toLocalDate()
                .plusDays(1)
                .atTime(8, 0)
                .atZone(ZONE)
                .toInstant();
        atOnce(3, () -> {
            Digest digest = new Digest(SOURCE, () -> figures, BOTH, hour);
            digest.make(tomorrow.minusSeconds(1));
            digest.make(tomorrow);
            digest.make(tomorrow.plusSeconds(60));
            return digest;
        });
        assertEquals(Set.of("MAIL digest ", "WEBHOOK digest "), Set.copyOf(events()));
        assertEquals(2, events().size());
        JsonObject facts =
                new JsonObject(DATABASE.one("SELECT facts FROM alohub.notify_message WHERE channel = 'MAIL'"));
        assertEquals(now.atZone(ZONE).toLocalDate().toString(), facts.getString("day"));
        JsonObject account = facts.getJsonArray("accounts").getJsonObject(0);
        assertEquals(
                List.of(25, 2, 3),
                List.of(account.getInteger("delivered"), account.getInteger("failed"), account.getInteger("rejected")));
    }

    @Test
    void an_account_that_nobody_configured_is_not_in_the_digest() throws Exception {
        DATABASE.execute("INSERT INTO alohub.account (name, seen_at) VALUES ('shopa', now())");
        try {
            new Digest(SOURCE, () -> figures, BOTH, new Digest.Hour(LocalTime.of(8, 0), ZONE))
                    .make(Instant.parse("2026-11-27T01:00:00Z"));
            assertEquals(
                    List.of("shopa"),
                    DATABASE.column("SELECT jsonb_array_elements(facts->'accounts')->>'account'"
                            + " FROM alohub.notify_message WHERE channel = 'MAIL'"));
        } finally {
            DATABASE.execute("DELETE FROM alohub.account WHERE name = 'shopa'");
        }
    }

    @Test
    void a_daemon_that_was_down_at_the_digests_hour_makes_it_once_when_it_is_back_within_four_hours() throws Exception {
        Digest.Hour hour = new Digest.Hour(LocalTime.of(8, 0), ZONE);
        Instant eight = Instant.parse("2026-11-27T01:00:00Z");
        for (Duration later : List.of(Duration.ofMinutes(239), Duration.ofMinutes(239), Duration.ofHours(4))) {
            new Digest(SOURCE, () -> figures, BOTH, hour).make(eight.plus(later)); // a process of its own each time
        }
        assertEquals(Set.of("MAIL digest ", "WEBHOOK digest "), Set.copyOf(events()));
        assertEquals(2, events().size());
        assertEquals("2026-11-26", DATABASE.one("SELECT facts->>'day' FROM alohub.notify_message LIMIT 1"));
        Instant tooLate = eight.plus(Duration.ofDays(1)).plus(Duration.ofHours(4));
        new Digest(SOURCE, () -> figures, BOTH, hour).make(tooLate);
        assertEquals(2, events().size());
    }

    /** Takes, as a sender does. */
    private static Message take() throws SQLException {
        return Transaction.run(SOURCE, connection -> NotifySql.take(connection, Channel.MAIL));
    }

    private static void add(String event) throws SQLException {
        Message.Content content = new Message.Content(
                event,
                "default",
                new JsonObject(),
                Instant.now().atOffset(ZoneOffset.UTC).toInstant());
        Transaction.run(SOURCE, connection -> NotifySql.add(connection, Set.of(Channel.MAIL), content, null));
    }

    @Test
    void of_many_senders_one_gets_a_message_and_the_next_waits_for_it() throws Exception {
        add("test");
        add("test");
        List<Message> taken = atOnce(6, () -> {
            Message message = take();
            return message == null ? new Message(null, -1, 0, Duration.ZERO) : message;
        });
        assertEquals(1, taken.stream().filter(message -> message.id() >= 0).count(), taken::toString);
        assertNull(take(), "the second message before the first has been sent");
    }

    @Test
    void a_message_whose_sender_was_killed_is_sent_by_another_and_the_first_records_nothing_any_more()
            throws Exception {
        add("test");
        Message killed = take();
        DATABASE.execute("UPDATE alohub.notify_message SET due_at = due_at - interval '2 minutes'");
        Message again = take();
        assertNotNull(again);
        assertEquals(killed.id(), again.id());
        Transaction.run(SOURCE, connection -> {
            NotifySql.lost(connection, killed, "x");
            return null;
        });
        assertEquals("DUE", DATABASE.one("SELECT state FROM alohub.notify_message"));
        Transaction.run(SOURCE, connection -> {
            NotifySql.sent(connection, again, null);
            return null;
        });
        assertEquals("SENT", DATABASE.one("SELECT state FROM alohub.notify_message"));
        assertNull(take());
    }

    private static final class ScriptedWay implements Way {
        private final List<String> sent = new ArrayList<>();
        private boolean away;
        private boolean broken;
        private String refuses = "";

        @Override
        public Channel channel() {
            return Channel.MAIL;
        }

        @Override
        public Missed send(Message message) throws Undelivered {
            if (broken) {
                throw new IllegalStateException("no words");
            }
            if (message.content().event().equals(refuses)) {
                throw new Undelivered("the receiver answered 422", Obstacle.ofStatus(422));
            }
            if (away) {
                throw new Undelivered("the mail server could not be used", new Obstacle(Obstacle.Kind.REFUSED, 0));
            }
            sent.add(message.content().event());
            return null;
        }
    }

    private double count(String outcome) {
        return registry.get("alohub.sync.notifications")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void while_the_server_is_away_messages_wait_and_then_go_out_in_their_order() throws Exception {
        ScriptedWay mail = new ScriptedWay();
        Sender sender = new Sender(SOURCE, List.of(mail), registry, System::nanoTime);
        add("account.tripped");
        add("account.recovered");
        mail.away = true;
        sender.send();
        sender.send();
        assertEquals(1, count("failed"), "one attempt, then a wait");
        assertEquals(
                "1 the mail server could not be used",
                DATABASE.one(
                        "SELECT attempts || ' ' || error FROM alohub.notify_message WHERE event = 'account.tripped'"));
        mail.away = false;
        DATABASE.execute("UPDATE alohub.notify_message SET due_at = clock_timestamp()");
        sender.send();
        assertEquals(List.of("account.tripped", "account.recovered"), mail.sent);
        assertEquals(2, count("sent"));
    }

    /** Else one such message would silence the channel for a day. */
    @Test
    void a_message_that_is_refused_for_itself_keeps_the_others_waiting_five_times_alone() throws Exception {
        ScriptedWay mail = new ScriptedWay();
        Sender sender = new Sender(SOURCE, List.of(mail), registry, System::nanoTime);
        add("account.tripped");
        add("customers.overdue");
        mail.refuses = "account.tripped";
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertEquals(List.of(), mail.sent);
            DATABASE.execute("UPDATE alohub.notify_message SET due_at = clock_timestamp()");
            sender.send();
        }
        sender.send();
        assertEquals(List.of("customers.overdue"), mail.sent);
        mail.refuses = "";
        DATABASE.execute("UPDATE alohub.notify_message SET due_at = clock_timestamp()");
        sender.send();
        assertEquals(List.of("customers.overdue", "account.tripped"), mail.sent);
    }

    @Test
    void what_could_not_be_sent_for_a_day_is_lost_and_says_so() throws Exception {
        ScriptedWay mail = new ScriptedWay();
        Sender sender = new Sender(SOURCE, List.of(mail), registry, System::nanoTime);
        add("account.tripped");
        mail.away = true;
        sender.send();
        DATABASE.execute("UPDATE alohub.notify_message SET created_at = created_at - interval '1 day',"
                + " due_at = clock_timestamp()");
        sender.send();
        assertEquals(1, count("lost"));
        assertEquals(
                "LOST the mail server could not be used",
                DATABASE.one("SELECT state || ' ' || error FROM alohub.notify_message"));
    }

    /** As after a week-end on which no replica ran. */
    @Test
    void a_message_that_is_older_than_a_day_is_not_sent_any_more_and_the_next_one_is() throws Exception {
        ScriptedWay mail = new ScriptedWay();
        add("account.tripped");
        DATABASE.execute("UPDATE alohub.notify_message SET created_at = created_at - interval '25 hours'");
        add("customers.overdue");
        new Sender(SOURCE, List.of(mail), registry, System::nanoTime).send();
        assertEquals(List.of("customers.overdue"), mail.sent);
        assertEquals(1, count("lost"));
        assertEquals(
                "LOST it was not sent within a day",
                DATABASE.one(
                        "SELECT state || ' ' || error FROM alohub.notify_message WHERE event = 'account.tripped'"));
    }

    @Test
    void a_message_that_can_not_be_worded_is_lost_at_once_and_the_next_one_sent() throws Exception {
        ScriptedWay mail = new ScriptedWay();
        Sender sender = new Sender(SOURCE, List.of(mail), registry, System::nanoTime);
        add("of.later");
        mail.broken = true;
        sender.send();
        mail.broken = false;
        add("account.tripped");
        sender.send();
        assertEquals(List.of("account.tripped"), mail.sent);
        assertEquals("LOST", DATABASE.one("SELECT state FROM alohub.notify_message WHERE event = 'of.later'"));
    }

    /** Right after the start: it would say for a day that no customer waits. */
    @Test
    void the_digest_waits_for_the_first_sample() throws Exception {
        Digest digest = new Digest(SOURCE, () -> figures, BOTH, new Digest.Hour(LocalTime.of(8, 0), ZONE));
        Instant eight = Instant.parse("2026-11-27T01:00:00Z");
        figures = Figures.NONE;
        digest.make(eight);
        assertEquals(List.of(), events());
        figures = new Figures(Map.of(), 0);
        digest.make(eight.plusSeconds(15));
        assertEquals(2, events().size());
    }

    @Test
    void old_counts_and_messages_are_deleted_once_an_hour_whether_there_is_a_digest_or_not() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Counts counts = new Counts(SOURCE, new Tally(registry), nanos::get);
        String old =
                "INSERT INTO alohub.notify_count (at, account, figure, n) VALUES (now() - interval '9 days', '', 'merged', 1)";
        DATABASE.execute(old);
        counts.purge();
        assertEquals("0", DATABASE.one("SELECT count(*) FROM alohub.notify_count"));
        DATABASE.execute(old);
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        counts.purge();
        assertEquals("1", DATABASE.one("SELECT count(*) FROM alohub.notify_count"));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        counts.purge();
        assertEquals("0", DATABASE.one("SELECT count(*) FROM alohub.notify_count"));
    }
}
