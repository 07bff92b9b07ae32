package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was acknowledged outlives the daemon, which is killed in the middle of it. */
class IntakeKillProof {

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_in_twenty_kills() throws Exception {
        kills(rig, 20, 500);
    }

    /** @param each how many are acknowledged before each kill */
    static void kills(Rig rig, int times, int each) throws Exception {
        Clients clients = new Clients();
        try {
            for (int i = 0; i < times; i++) {
                Daemon daemon = rig.start(rig.daemon().with("ALOHUB_INTAKE_TOKENS", "form:token"));
                int before = clients.acknowledged.size();
                clients.port = daemon.port();
                Await.until("more are acknowledged", () -> clients.acknowledged.size() >= before + each);
                daemon.kill();
                daemon.awaitExit(20);
            }
        } finally {
            clients.stop();
        }
        List<String> lost = new ArrayList<>(clients.acknowledged);
        lost.removeAll(rig.database.column("SELECT name || ' ' || id FROM alohub.customer_outbox"));
        assertEquals(List.of(), lost);
        assertTrue(clients.acknowledged.size() >= times * each);
        System.out.printf("%d kills: %d acknowledged, none lost%n", times, clients.acknowledged.size());
    }

    /** Sixteen of them, each with one request at a time. Their threads write; the test reads. */
    private static final class Clients {

        final Queue<String> acknowledged = new ConcurrentLinkedQueue<>(); // name and id
        volatile int port;
        private final AtomicInteger numbers = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final HttpClient http = HttpClient.newHttpClient();
        private final List<Thread> threads = new ArrayList<>();

        Clients() {
            for (int i = 0; i < 16; i++) {
                threads.add(Thread.ofVirtual().start(this::run));
            }
        }

        private void run() {
            while (!stopped.get()) {
                int number = numbers.incrementAndGet();
                try {
                    HttpResponse<String> answer = http.send(lead(number), HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 202) {
                        acknowledged.add("lead " + number + " " + answer.body().replaceAll(".*\"id\":(\\d+).*", "$1"));
                    }
                } catch (IOException | IllegalArgumentException away) {
                    pause();
                } catch (InterruptedException ended) {
                    return;
                }
            }
        }

        private HttpRequest lead(int number) {
            String json = String.format("{\"phone\": \"09%08d\", \"name\": \"lead %d\"}", 12_000_000 + number, number);
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/crm/lead"))
                    .timeout(Duration.ofSeconds(5))
                    .header("Authorization", "token")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();
        }

        private static void pause() {
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000); // the daemon is away: no test waits for this
        }

        void stop() throws InterruptedException {
            stopped.set(true);
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join();
            }
            http.close();
        }
    }
}
