package io.alohubsync.api;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.access.ApiTokens;
import io.alohubsync.access.Person;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Way;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The API in its container, without the daemon: no loop runs beside it. */
@QuarkusTest
@TestProfile(ApiSliceIT.WithoutDaemon.class)
class ApiSliceIT {

    public static final class WithoutDaemon implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    entry( // nor is the environment of the tests checked, which may choose their PostgreSQL
                            "quarkus.arc.exclude-types",
                            "io.alohubsync.daemon.**,io.alohubsync.config.SettingsGuard"),
                    entry("quarkus.datasource.jdbc.url", TestDatabase.migrated().url()),
                    entry(
                            "quarkus.datasource.password",
                            TestDatabase.Server.get().password()),
                    entry("quarkus.http.test-port", "0"),
                    entry("quarkus.management.test-port", "0"),
                    entry("alohub.base-url", "https://crm.invalid"),
                    entry("alohub.api-key", "a-key-of-this-test"),
                    entry("alohub.console.proxy.networks", "127.0.0.1/32"),
                    entry("alohub.console.encryption-key", UUID.randomUUID() + "-" + UUID.randomUUID()));
        }
    }

    @TestHTTPResource("/api/v1/")
    URI api;

    @Inject
    ApiTokens tokens;

    private String token(String role) {
        ApiTokens.Order order =
                new ApiTokens.Order("a test", role, 1, UUID.randomUUID().toString());
        return ((ApiTokens.Issued.Token) tokens.issue(order, new Person("chi", Role.ADMIN, Way.PROXY, "chi"))).text();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpRequest.Builder to(String path, String role) {
        return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", "Bearer " + token(role));
    }

    @Test
    void without_a_token_nothing_is_shown() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(api.resolve("overview")));
        assertEquals(401, answer.statusCode());
        assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElseThrow());
    }

    @Test
    void a_viewer_reads_the_overview() throws Exception {
        HttpResponse<String> answer = send(to("overview", Role.VIEWER));
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"target\":"), answer.body());
    }

    @Test
    void a_viewer_may_not_act() throws Exception {
        HttpResponse<String> answer =
                send(to("customers/1/retry", Role.VIEWER).POST(BodyPublishers.ofString("{\"reason\": \"a test\"}")));
        assertEquals(403, answer.statusCode());
        assertFalse(answer.body().contains("Exception"), answer.body());
    }

    @Test
    void an_operator_who_names_no_customer_gets_a_problem() throws Exception {
        HttpResponse<String> answer = send(to("customers/1/retry", Role.OPERATOR)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\": \"a test\"}")));
        assertEquals(404, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
    }
}
