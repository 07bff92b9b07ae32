package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.demo.Daemon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ports of a packaged daemon whose console nobody may open yet. */
class ClosedConsoleIT {

    private static final Rig RIG = new Rig();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        daemon = RIG.start();
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
        assertEquals(List.of("same-origin"), headers.allValues("Referrer-Policy"));
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
    void a_console_without_a_way_in_says_how_to_open_it_and_nothing_else() throws Exception {
        RIG.insertMany(1);
        HttpResponse<String> page = send(request("/").build());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("kubectl create secret") && page.body().contains("ALOHUB_CONSOLE_USERS_FILE"));
        assertFalse(page.body().contains("<script>")
                || page.body().contains(" style=")
                || page.body().contains("default"));
        for (String path : List.of("/login", "/customers", "/accounts", "/login/sso", "/tokens")) {
            assertEquals(404, send(request(path).build()).statusCode(), path);
        }
        assertEquals(
                401,
                send(request("/api/v1/overview")
                                .header("Authorization", "Bearer alohub_x")
                                .build())
                        .statusCode());
        assertEquals(200, send(request("/assets/console.css").build()).statusCode());
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
        boolean isText = status >= 400 && !path.startsWith("/api/");
        assertTrue(!isText || answer.body().matches("(?s).*\n(Không có gì|Trang này) .*"), answer.body());
    }
}
