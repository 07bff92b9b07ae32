package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ports of the packaged daemon, with the heap that is shipped. */
class PageIT {

    private static final Rig RIG = new Rig();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        daemon = RIG.start(RIG.daemon().jvm("-Xmx96m"));
        Await.until("the page is loaded", () -> daemon.get("/").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        RIG.close();
    }

    private static HttpRequest.Builder request(String path) {
        int port = path.startsWith("/q/") ? daemon.managementPort() : daemon.port();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static HttpResponse<String> page(long withinMillis) throws Exception {
        return send(request("/").timeout(Duration.ofMillis(withinMillis)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/nothing", "/favicon.ico", "/q/health/live", "/q/health/ready", "/q/metrics", "/q/nothing"
            })
    void every_answer_forbids_the_browser_what_it_does_not_need(String path) throws Exception {
        var headers = send(request(path).build()).headers();
        String policy = headers.firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(List.of("nosniff"), headers.allValues("X-Content-Type-Options"));
        assertEquals(List.of("no-referrer"), headers.allValues("Referrer-Policy"));
        assertEquals(List.of("no-store"), headers.allValues("Cache-Control"));
    }

    @Test
    void health_and_metrics_are_on_the_management_port_alone() throws Exception {
        for (String path : List.of("/q/health/live", "/q/metrics")) {
            assertEquals(200, daemon.get(path).statusCode());
            URI elsewhere = URI.create("http://127.0.0.1:" + daemon.port() + path);
            assertEquals(404, send(HttpRequest.newBuilder(elsewhere).build()).statusCode());
        }
        URI page = URI.create("http://127.0.0.1:" + daemon.managementPort() + "/");
        assertEquals(404, send(HttpRequest.newBuilder(page).build()).statusCode());
    }

    @Test
    void the_page_has_the_style_that_its_policy_allows_and_no_script() throws Exception {
        HttpResponse<String> page = send(request("/").build());
        String style = page.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("style-src 'sha256-" + hash + "'"), policy);
        assertFalse(page.body().contains("<script") || page.body().contains(" style="), page.body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404",
        "POST, /, 405",
        "DELETE, /, 405",
        "POST, /api/nothing, 404",
        "POST, /api/crm/lead, 404", // the intake is off
        "GET, /api/crm/lead/1, 404",
        "POST, /api/intake/shop/token, 404",
        "HEAD, /, 200",
        "TRACE, /x, 404"
    })
    void paths_and_methods_that_are_not_there_are_refused(String method, String path, int status) throws Exception {
        HttpRequest.BodyPublisher body =
                method.equals("POST") ? HttpRequest.BodyPublishers.ofString("x") : HttpRequest.BodyPublishers.noBody();
        HttpResponse<String> answer = send(request(path).method(method, body).build());
        assertEquals(status, answer.statusCode());
        assertTrue(answer.body().length() < 200 || method.equals("GET"), answer.body());
    }

    @Test
    void fields_with_megabytes_do_not_harm_it_and_nobodys_words_are_on_it() throws Exception {
        RIG.alohub.behave(call -> Reply.error(422, "INVALID", "chị Hạnh từ chối"));
        RIG.insertMany(3);
        Await.until("they are dead", () -> RIG.database.status("+84912300003").equals("DEAD"));
        RIG.database.execute("SELECT alohub.hold('0912300001', reason => 'Hạnh asked for it')");
        RIG.database.execute("SELECT alohub.pause(reason => 'wait for Hạnh')");
        RIG.database.execute("INSERT INTO alohub.customer_outbox (phone, name, source, source_ref, account)"
                + " SELECT 'Hạnh ' || i, 'Hạnh', 'Hạnh', wide, left(wide, 100)"
                + " FROM generate_series(1, 3) i, repeat('Hạnh ', 4000000) wide");
        Await.until(
                "they are rejected",
                () -> RIG.database
                        .one("SELECT count(*) FROM alohub.customer_outbox WHERE merge_status = 'REJECTED'")
                        .equals("3"));
        Await.until("the pause is seen", () -> send(request("/").build()).body().contains("Account default: PAUSED"));
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> page = send(request("/").build());
            assertEquals(200, page.statusCode());
            assertFalse(page.body().contains("Hạnh"), page.body());
            assertTrue(page.body().contains("REFUSED, HTTP 422"), page.body());
            assertTrue(page.body().contains("HELD") && page.body().contains("not registered"), page.body());
        }
        RIG.database.execute("SELECT alohub.resume()");
    }

    /** 300 readers at a time: the loops and the health checks do not wait for them, and they are answered. */
    @Test
    void many_readers_share_one_connection() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> readers = IntStream.range(0, 300)
                .mapToObj(reader -> HTTP.sendAsync(request("/").build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        assertEquals(200, send(request("/q/health/ready").build()).statusCode());
        assertTrue(readers.stream().map(CompletableFuture::join).allMatch(answer -> answer.statusCode() == 200));
        assertEquals("1", backendsThatRead());
    }

    private static String backendsThatRead() {
        return RIG.database.one("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'alohub-sync page'");
    }

    @Test
    void a_database_that_does_not_answer_gives_a_page_that_says_so_within_two_seconds() throws Exception {
        try (Connection locked = RIG.database.dataSource().getConnection();
                Statement statement = locked.createStatement()) {
            locked.setAutoCommit(false);
            assertEquals(200, send(request("/").build()).statusCode());
            statement.execute("LOCK TABLE alohub.customer_outbox IN ACCESS EXCLUSIVE MODE");
            Await.until(
                    "it says so",
                    () -> page(2000).body().contains("The database does not answer in time. This is what it said at"));
            assertEquals(200, send(request("/q/health/live").build()).statusCode());
            locked.rollback();
        }
        Await.until("it is back", () -> send(request("/").build()).statusCode() == 200);
    }
}
