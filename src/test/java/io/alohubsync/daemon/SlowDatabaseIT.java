package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.SilentProxy;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The console of the packaged daemon while each round trip to the database takes long. */
class SlowDatabaseIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration AN_ANSWER = Duration.ofMillis(2500);

    private static int get(Daemon daemon, String path) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                                .header("X-Forwarded-User", "lan")
                                .header("X-Forwarded-Groups", "alohub-operator")
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void a_page_is_there_or_says_that_it_can_not_be_within_two_seconds_however_often_it_reads() throws Exception {
        try (Rig rig = new Rig();
                SilentProxy proxy = SilentProxy.to(rig.database)) {
            Daemon daemon = rig.start(rig.daemon()
                    .database(TestDatabase.Server.get(), proxy.url())
                    .with("ALOHUB_CONSOLE_PROXY_NETWORKS", "127.0.0.1")
                    .with("ALOHUB_CONSOLE_ENCRYPTION_KEY", "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0"));
            rig.awaitStatus(rig.database.insert("0912345001", "Vũ Thị Chậm", null), "DELIVERED");
            String customer = "/customers/" + rig.database.one("SELECT id FROM alohub.customer") + "?show=true";
            List<String> paths =
                    List.of(customer, "/", "/problems", "/activity", "/api/v1" + customer, "/api/v1/overview");
            for (String path : paths) {
                Await.until(path + " is there", () -> get(daemon, path) == 200);
            }
            proxy.delay(Duration.ofMillis(300));
            for (String path : paths) {
                long begun = System.nanoTime();
                int status = get(daemon, path);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                assertTrue(took.compareTo(AN_ANSWER) < 0, path + " took " + took);
                assertTrue(status == 200 || status == 503, path + " " + status);
            }
            assertEquals(503, get(daemon, customer), "it takes more round trips than there is time for");
            proxy.delay(Duration.ZERO);
            for (String path : paths) {
                Await.until(path + " is there again", () -> get(daemon, path) == 200);
            }
            rig.awaitStatus(rig.database.insert("0912345002", "Vũ Thị Nhanh", null), "DELIVERED");
        }
    }
}
