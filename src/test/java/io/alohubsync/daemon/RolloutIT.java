package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Replicas are replaced one after the other while sources write: nothing is lost, no phone is
 * called twice at a time, calls go on.
 */
@Isolated
class RolloutIT {

    private static final Duration CALL = Duration.ofMillis(50);
    private static final Duration GAP = Duration.ofSeconds(2);

    private final Rig rig = new Rig(TestDatabase.empty());
    private final Source source = new Source();

    @AfterEach
    void stop() throws InterruptedException {
        source.end();
        rig.close();
    }

    /** A source that writes new values of the same customers again and again. */
    private final class Source {
        private static final int CUSTOMERS = 400;
        private static final int AT_ONCE = 20;

        private final Map<String, String> newest = new HashMap<>();
        private final Thread thread = Thread.ofPlatform().name("source").unstarted(this::write);
        private volatile boolean ending;
        private int rows;
        private Duration longestPause = Duration.ZERO; // read after the thread's end

        void begin() {
            thread.start();
        }

        void end() throws InterruptedException {
            ending = true;
            thread.join();
        }

        private void write() {
            long before = System.nanoTime();
            while (!ending) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    String phone = "0912345" + (100 + rows % CUSTOMERS);
                    String name = "Khách " + rows++;
                    newest.put(phone, name);
                    values.add("('" + phone + "', '" + name + "')");
                }
                rig.database.execute(
                        "INSERT INTO alohub.customer_outbox (phone, name) VALUES " + String.join(", ", values));
                Duration pause = Duration.ofNanos(System.nanoTime() - before);
                longestPause = pause.compareTo(longestPause) > 0 ? pause : longestPause;
                before += pause.toNanos();
                pause();
            }
        }

        /** Its pace, not a wait for anything. */
        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException stopped) {
                ending = true;
            }
        }
    }

    /**
     * Two replicas of the version before the newest change of the schema, where it can be built,
     * else of this one: a migration that they can't live with would show. Then one of this version
     * beside them, and each is replaced.
     */
    @Test
    void replicas_of_the_version_before_are_replaced_one_after_the_other_under_load() throws Exception {
        Daemon.Builder before =
                PreviousVersionIT.isPackaged() ? rig.daemon().folder(PreviousVersionIT.FOLDER) : rig.daemon();
        Deque<Daemon> replicas = new ArrayDeque<>(rig.startAll(before, before));
        begin();
        Daemon first = rig.start();
        awaitCalls();
        replace(replicas, rig.daemon());
        first.terminate();
        assertEquals(0, first.awaitExit(30), () -> String.join("\n", first.output()));
        endAndCheck();
    }

    private void begin() {
        rig.alohub.behave(call -> Reply.success().after(CALL));
        source.begin();
        awaitCalls();
    }

    private void awaitCalls() {
        long before = rig.alohub.callCount();
        Await.until("calls go on", () -> rig.alohub.callCount() > before + 200);
    }

    /** As a rolling update does without a gap: the next is ready before one is stopped. */
    private void replace(Deque<Daemon> replicas, Daemon.Builder builder) throws Exception {
        int before = replicas.size();
        for (int i = 0; i < before; i++) {
            replicas.add(rig.start(builder));
            Daemon old = replicas.poll();
            old.terminate();
            assertEquals(0, old.awaitExit(30), () -> String.join("\n", old.output()));
            awaitCalls();
        }
    }

    private void endAndCheck() throws InterruptedException {
        Instant ended = Instant.now();
        source.end();
        Await.until(
                "every row has come to its merge_status",
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.outbox_status WHERE status NOT IN ('DELIVERED',"
                                + " 'SUPERSEDED', 'UNCHANGED')")
                        .equals("0"));
        assertEquals(String.valueOf(source.rows), rig.database.one("SELECT count(*) FROM alohub.customer_outbox"));
        source.newest.forEach((phone, name) ->
                assertEquals(name, rig.alohub.leads().get(phone).getString("name"), "the newest value"));
        assertEquals("0", rig.database.one("SELECT alohub.recount()"));
        checkTimes(ended);
    }

    private void checkTimes(Instant ended) {
        List<Simulator.Call> calls = rig.alohub.calls();
        Map<String, Instant> last = new HashMap<>();
        Duration longest = Duration.ZERO;
        Instant before = calls.getFirst().at();
        for (Simulator.Call call : calls) {
            Instant other = last.put(call.phone(), call.at());
            assertTrue(
                    other == null || !call.at().isBefore(other.plus(CALL)),
                    "a phone was called while a call to it was in flight");
            if (call.at().isBefore(ended)) {
                Duration gap = Duration.between(before, call.at());
                longest = gap.compareTo(longest) > 0 ? gap : longest;
                before = call.at();
            }
        }
        System.out.printf(
                "%d calls, longest gap %d ms, of the source %d ms%n",
                calls.size(), longest.toMillis(), source.longestPause.toMillis());
        // A machine that stands still for a moment stops the source, too.
        assertTrue(longest.compareTo(GAP.plus(source.longestPause)) < 0, "no call for " + longest);
    }
}
