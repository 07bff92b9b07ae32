package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.Required;
import io.alohubsync.demo.Daemon;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The intake of the packaged daemon, with the heap that is shipped, as its callers use it. */
class IntakeIT {

    private static final String TOKEN = "token-of-the-form";
    private static final String NEXT_TOKEN = "next-token-of-the-form";
    private static final String PATH_TOKEN = "token-in-a-path-9f8e7d";
    private static final String SHOP_TOKEN = "token-of-the-shop-3c4d5e";
    private static final String LEAVING_TOKEN = "token-of-who-leaves";
    private static final String SECRET = "secret-of-the-shop";
    private static final Path EXAMPLES = Path.of("docs/examples");

    private static final Rig RIG = new Rig();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        daemon = RIG.start(RIG.daemon()
                .jvm("-Xmx96m")
                .with(
                        "ALOHUB_INTAKE_TOKENS",
                        "form:" + TOKEN + ",form:" + NEXT_TOKEN + ",bot:another,busy:busy,busy:busy-2,leaving:"
                                + LEAVING_TOKEN + ",landing:" + PATH_TOKEN + ",shop:" + SHOP_TOKEN + ",hostile:"
                                + HostileRequests.TOKEN)
                .with("QUARKUS_HTTP_READ_TIMEOUT", "2s")
                .with("ALOHUB_INTAKE_RATE", "300/1h")
                .with("ALOHUB_INTAKE_SOURCES_LANDING_PRESET", "ladipage")
                .with("ALOHUB_INTAKE_SOURCES_SHOP_PRESET", "haravan")
                .with("ALOHUB_INTAKE_SOURCES_SHOP_HMAC_SECRET", SECRET)
                .with("ALOHUB_INTAKE_SOURCES_SHOP_PRIORITY", "3")
                .with("ALOHUB_INTAKE_SOURCES_SHOP_ANSWER_STATUS", "201"));
    }

    @AfterAll
    static void stop() {
        RIG.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .timeout(Duration.ofSeconds(15));
    }

    private static HttpRequest.Builder lead(String json) {
        return request("/api/crm/lead")
                .header("Authorization", TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> read(String statusUrl, String token) throws Exception {
        return send(request(statusUrl).header("Authorization", token));
    }

    @Test
    void a_lead_is_committed_and_delivered_and_its_status_is_for_its_token_alone() throws Exception {
        HttpResponse<String> answer =
                send(lead("{\"phone\": \"0868793800\", \"email\": \"bang@gmail.com\", \"name\": \"bang do\"}"));
        assertEquals(202, answer.statusCode(), answer.body());
        JsonObject accepted = new JsonObject(answer.body());
        assertEquals("1", accepted.getString("success"));
        assertEquals("SUCCESS", accepted.getString("error_code"));
        assertEquals("NEW", accepted.getString("status"));
        assertEquals(
                "form|default|0868793800|bang do|bang@gmail.com|10",
                RIG.database.one("SELECT concat_ws('|', source, account, phone, name, email, priority)"
                        + " FROM alohub.customer_outbox WHERE id = " + accepted.getLong("id")));
        String url = accepted.getString("status_url");
        assertEquals(url, answer.headers().firstValue("Location").orElseThrow());
        Await.until(
                "it is delivered",
                () -> new JsonObject(read(url, TOKEN).body())
                        .getString("status")
                        .equals("DELIVERED"));
        assertFalse(read(url, TOKEN).body().contains("868793800"));
        assertEquals(404, read(url, "another").statusCode());
        assertEquals(401, read(url, "wrong").statusCode());
        assertEquals(404, read("/api/crm/lead/999999999", TOKEN).statusCode());
        assertEquals(404, read("/api/crm/lead/x", TOKEN).statusCode());
    }

    @Test
    void a_row_that_did_not_come_over_http_is_none_of_the_tokens_business() throws Exception {
        String id = RIG.database.one(
                "INSERT INTO alohub.customer_outbox (phone, source) VALUES ('0868793811', 'form') RETURNING id");
        assertEquals(404, read("/api/crm/lead/" + id, TOKEN).statusCode());
    }

    @Test
    void a_row_is_found_after_the_daemon_has_got_another_user() throws Exception {
        String url = new JsonObject(send(lead("{\"phone\": \"0868793813\"}")).body()).getString("status_url");
        RIG.database.execute("UPDATE alohub.customer_outbox SET written_by = 'before' WHERE id = "
                + url.substring(url.lastIndexOf('/') + 1));
        assertEquals(200, read(url, TOKEN).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"phone\": \"0868-CALL-ME\"} | 400 | INVALID_PHONE",
                "{\"name\": \"x\"} | 400 | INVALID_PHONE",
                "{\"phone\": true} | 400 | INVALID_FIELD",
                "{\"phone\": \"0868793800\", \"name\": \"a\\u0000\"} | 400 | INVALID_FIELD",
                "{\"phone\": \"0868793800\", \"phone\": \"1\"} | 400 | INVALID_JSON",
                "nonsense | 400 | INVALID_JSON",
                "'' | 400 | INVALID_JSON"
            })
    void a_lead_that_can_be_none_is_refused_with_field_and_remedy(String json, int status, String code)
            throws Exception {
        HttpResponse<String> answer = send(lead(json).header("Accept-Language", "vi"));
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        JsonObject problem = new JsonObject(answer.body());
        assertEquals("0", problem.getString("success"));
        assertEquals(code, problem.getString("error_code"));
        assertTrue(problem.getString("remedy").startsWith("Hãy "), answer.body());
        assertEquals(code.equals("INVALID_JSON"), problem.getString("field") == null, answer.body());
    }

    @Test
    void what_the_headers_say_is_checked() throws Exception {
        String json = "{\"phone\": \"0868793800\"}";
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(json);
        assertEquals(
                401,
                send(request("/api/crm/lead")
                                .header("Content-Type", "application/json")
                                .POST(body))
                        .statusCode());
        assertEquals(
                415, send(lead(json).setHeader("Content-Type", "text/plain")).statusCode());
        assertEquals(
                415,
                send(lead(json).setHeader("Content-Type", "application/json; charset=latin1"))
                        .statusCode());
        HttpResponse<String> compressed = send(lead(json).header("Content-Encoding", "gzip"));
        assertEquals(415, compressed.statusCode());
        assertTrue(compressed.body().contains("or a Content-Encoding was used"), compressed.body());
        assertEquals(400, send(lead(json).header("Idempotency-Key", "a b")).statusCode());
        assertEquals(
                202,
                send(lead(json).setHeader("Authorization", "Bearer " + TOKEN)).statusCode());
        assertEquals(405, send(request("/api/crm/lead").GET()).statusCode());
    }

    /** Quarkus itself refuses some of these, before any resource is called. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                ";",
                "application/",
                "/json",
                "a/b/c",
                "application/json, text/plain",
                "application /json"
            })
    void a_content_type_that_is_none_is_refused_as_any_other_one(String type) throws Exception {
        for (String path : List.of("/api/crm/lead", "/api/crm/leads", "/api/intake/form")) {
            HttpResponse<String> answer = send(request(path)
                    .header("Authorization", TOKEN)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"phone\": \"0868793800\"}")));
            assertEquals(415, answer.statusCode(), answer.body());
            JsonObject problem = new JsonObject(answer.body());
            assertEquals("UNSUPPORTED_MEDIA_TYPE", problem.getString("error_code"), answer.body());
            assertEquals("0", problem.getString("success"));
        }
    }

    @Test
    void the_same_key_gives_the_first_answer_and_another_payload_none() throws Exception {
        String json = "{\"phone\": \"0868793802\", \"name\": \"Thủy\"}";
        HttpResponse<String> first = send(lead(json).header("Idempotency-Key", "k1"));
        assertEquals(202, first.statusCode());
        assertEquals(
                first.body(), send(lead(json).header("Idempotency-Key", "k1")).body());
        assertEquals(
                422,
                send(lead("{\"phone\": \"0868793803\"}").header("Idempotency-Key", "k1"))
                        .statusCode());
    }

    /** So that a token can be replaced: what was sent with the old one is sent again with the new one. */
    @Test
    void two_tokens_of_one_source_share_its_keys_and_statuses() throws Exception {
        String json = "{\"phone\": \"0868793814\"}";
        String first = send(lead(json).header("Idempotency-Key", "k2")).body();
        HttpRequest.Builder again = lead(json).header("Idempotency-Key", "k2").setHeader("Authorization", NEXT_TOKEN);
        assertEquals(first, send(again).body());
        HttpRequest.Builder other = lead("{\"phone\": \"0868793815\"}")
                .header("Idempotency-Key", "k2")
                .setHeader("Authorization", NEXT_TOKEN);
        assertEquals(422, send(other).statusCode());
        assertEquals(
                200,
                read(new JsonObject(first).getString("status_url"), NEXT_TOKEN).statusCode());
    }

    @Test
    void a_batch_has_a_result_for_each_line() throws Exception {
        String lines = "{\"phone\": \"0912300001\"}\n{\"phone\": \"12\"}\n\nnonsense\n{\"phone\": \"0912300002\"}\n";
        HttpRequest.Builder batch = request("/api/crm/leads")
                .header("Authorization", TOKEN)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines));
        HttpResponse<String> answer = send(batch);
        assertEquals(200, answer.statusCode(), answer.body());
        List<JsonObject> results = answer.body().lines().map(JsonObject::new).toList();
        assertEquals(
                List.of("1 SUCCESS", "2 INVALID_PHONE", "3 INVALID_JSON", "4 INVALID_JSON", "5 SUCCESS"),
                results.stream()
                        .map(result -> result.getInteger("line") + " " + result.getString("error_code"))
                        .toList());
        assertEquals(
                "0",
                RIG.database.one("SELECT priority FROM alohub.customer_outbox WHERE id = "
                        + results.getFirst().getLong("id")));
        HttpRequest.BodyPublisher large =
                HttpRequest.BodyPublishers.ofString("{\"phone\": \"0912300001\"}\n".repeat(10_001));
        assertEquals(413, send(batch.POST(large)).statusCode());
        HttpRequest.BodyPublisher larger = HttpRequest.BodyPublishers.ofByteArray(new byte[(4 << 20) + 1]);
        assertEquals(413, send(batch.POST(larger)).statusCode());
    }

    @Test
    void a_platforms_delivery_is_taken_by_its_signature_and_answered_as_it_expects() throws Exception {
        String json = "{\"id\": 9, \"first_name\": \"Thủy\", \"last_name\": \"Nguyễn\", \"phone\": \"0868793804\"}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(json.getBytes(StandardCharsets.UTF_8)));
        HttpRequest.Builder delivery = request("/api/intake/shop?noecho") // KiotViet wants it behind the address
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        assertEquals(401, send(delivery).statusCode());
        HttpResponse<String> answer = send(delivery.header("X-Haravan-Hmacsha256", signature));
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals(
                "Nguyễn Thủy|9|3",
                RIG.database.one(
                        "SELECT concat_ws('|', name, source_ref, priority) FROM alohub.customer_outbox WHERE id = "
                                + new JsonObject(answer.body())
                                        .getJsonArray("ids")
                                        .getLong(0)));
    }

    /** Prometheus sees no increase in the first value of a series. */
    @Test
    void failures_of_each_source_are_counted_from_0() throws Exception {
        String metrics = daemon.get("/q/metrics").body();
        for (String source : List.of("bot", "shop", "unknown")) {
            for (int status : List.of(200, 202, 500, 503)) {
                String series =
                        "alohub_sync_intake_requests_total{source=\"" + source + "\",status=\"" + status + "\"}";
                assertTrue(metrics.contains(series), series);
            }
        }
    }

    @Test
    void a_platform_that_tries_the_address_gets_its_challenge_back() throws Exception {
        String rows = RIG.database.one("SELECT count(*) FROM alohub.customer_outbox WHERE source = 'shop'");
        String query = "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        for (String path : List.of("/api/intake/shop", "/api/intake/shop/" + SHOP_TOKEN)) {
            HttpResponse<String> answer = send(request(path + query + SHOP_TOKEN));
            assertEquals("200 1158201444", answer.statusCode() + " " + answer.body());
            assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
            for (String token : List.of("", "wrong-" + SHOP_TOKEN, TOKEN)) {
                HttpResponse<String> refused = send(request(path + query + token));
                assertEquals(401, refused.statusCode(), refused.body());
                assertFalse(refused.body().contains("1158201444"), refused.body());
            }
        }
        assertEquals(
                401,
                send(request("/api/intake/shop/" + TOKEN + query + SHOP_TOKEN)).statusCode());
        for (String path : List.of(
                "/api/intake/shop",
                "/api/intake/shop?hub.verify_token=" + SHOP_TOKEN,
                "/api/intake/shop?hub.mode=subscribe&hub.challenge=%3Cb%3E%20&hub.verify_token=" + SHOP_TOKEN)) {
            assertEquals(405, send(request(path)).statusCode(), path);
        }
        assertTrue(raw("GET /api/intake/shop?%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 4"));
        assertEquals(rows, RIG.database.one("SELECT count(*) FROM alohub.customer_outbox WHERE source = 'shop'"));
        assertFalse(daemon.get("/q/metrics").body().contains(SHOP_TOKEN));
        assertFalse(String.join("\n", daemon.output()).contains(SHOP_TOKEN));
    }

    @Test
    void a_token_in_a_path_is_in_no_log_no_metric_and_no_answer() throws Exception {
        HttpRequest.BodyPublisher form = HttpRequest.BodyPublishers.ofString("name=Th%E1%BB%A7y&phone=12");
        for (String token : List.of(PATH_TOKEN, "wrong-" + PATH_TOKEN, PATH_TOKEN + "/more", PATH_TOKEN + "%00")) {
            HttpResponse<String> answer = send(request("/api/intake/landing/" + token)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(form));
            assertEquals(
                    token.equals(PATH_TOKEN) ? 200 : 4, answer.statusCode() / (token.equals(PATH_TOKEN) ? 1 : 100));
            assertFalse(answer.body().contains(PATH_TOKEN), answer.body());
        }
        String metrics = daemon.get("/q/metrics").body();
        assertTrue(metrics.contains("alohub_sync_intake_requests_total{source=\"landing\",status=\"200\"}"), metrics);
        assertFalse(metrics.contains(PATH_TOKEN));
        assertFalse(String.join("\n", daemon.output()).contains(PATH_TOKEN));
        Await.until( // it is written, so that a person sees why it could not be used
                "it is rejected",
                () -> "{phone.invalid}"
                        .equals(RIG.database.one(
                                "SELECT reason_codes FROM alohub.outbox_status WHERE source = 'landing'")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "POST"})
    void no_browser_calls_it(String method) throws Exception {
        HttpResponse<String> answer = send(lead("{\"phone\": \"0868793800\"}")
                .header("Origin", "https://shop.example.vn")
                .header("Access-Control-Request-Method", "POST")
                .method(method, HttpRequest.BodyPublishers.ofString("{\"phone\": \"0868793800\"}")));
        assertEquals(403, answer.statusCode());
        assertEquals(
                "Origin, Accept-Language", answer.headers().firstValue("Vary").orElseThrow());
        assertTrue(answer.headers().map().keySet().stream()
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control")));
    }

    @Test
    void a_source_that_sends_too_much_is_answered_when_to_continue() throws Exception {
        HttpRequest.Builder request = read404("busy");
        HttpResponse<String> answer = send(request);
        for (int i = 0; i < 300 && answer.statusCode() != 429; i++) {
            answer = send(request);
        }
        assertEquals(429, answer.statusCode());
        assertTrue(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()) > 0);
        assertEquals(429, send(read404("busy-2")).statusCode(), "another token of the source");
        assertEquals(404, send(read404("another")).statusCode());
    }

    private static HttpRequest.Builder read404(String token) {
        return request("/api/crm/lead/x").header("Authorization", token);
    }

    // Bytes that no client library sends

    private static String raw(String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", daemon.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String head(String more) {
        return "POST /api/crm/lead HTTP/1.1\r\nHost: x\r\nAuthorization: " + TOKEN
                + "\r\nContent-Type: application/json\r\n" + more;
    }

    /** All at once. The daemon has the heap that is shipped, and ends when it is used up. */
    @Test
    void hostile_requests_get_a_clear_answer_and_leave_nothing_behind() throws Exception {
        List<HostileRequests.Case> cases = HostileRequests.all();
        List<Future<String>> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            answers = threads.invokeAll(cases.stream()
                    .<Callable<String>>map(hostile -> () -> hostile.fault(hostile.send(daemon.port())))
                    .toList());
        }
        List<String> faults = new ArrayList<>();
        for (Future<String> fault : answers) {
            faults.add(fault.get());
        }
        faults.removeIf(String::isEmpty);
        assertEquals(List.of(), faults);
        assertEquals(
                String.valueOf(
                        cases.stream().filter(HostileRequests.Case::isTaken).count()),
                RIG.database.one("SELECT count(*) FROM alohub.customer_outbox WHERE source = 'hostile'"));
        assertEquals(200, daemon.get("/q/health/live").statusCode());
        assertEquals(202, send(lead("{\"phone\": \"0868793808\"}")).statusCode());
    }

    @Test
    void the_largest_batches_at_once_take_a_bounded_memory() throws Exception {
        HostileRequests.Case largest =
                new HostileRequests.Case("the largest batch", "200", HostileRequests.largest(), new byte[0]);
        List<Future<String>> answers;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            answers = threads.invokeAll(Collections.nCopies(4, () -> largest.send(daemon.port())));
        }
        int taken = 0;
        for (Future<String> each : answers) {
            String answer = each.get();
            boolean isPutOff = answer.startsWith("HTTP/1.1 503") && answer.contains("BUSY");
            taken += isPutOff ? 0 : 1;
            assertTrue(isPutOff || answer.contains("{\"line\":3000,"), () -> answer.substring(0, 300));
        }
        assertTrue(taken >= 1);
        assertEquals(202, send(lead("{\"phone\": \"0868793809\"}")).statusCode());
    }

    /**
     * Each within its limits, without a login, and none of them complete. The heap is the one that
     * is shipped.
     */
    @Test
    void a_crowd_of_clients_takes_a_bounded_memory() throws Exception {
        byte[] form = ("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + "a".repeat(59_900))
                .getBytes(StandardCharsets.ISO_8859_1);
        List<Socket> crowd = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < 2_500; i++) {
                Socket client = new Socket("127.0.0.1", daemon.port());
                crowd.add(client);
                client.getOutputStream().write(form);
            }
            for (Socket client : crowd) {
                client.setSoTimeout(20_000);
                String status = new String(client.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
                refused += status.equals("HTTP/1.1 503") ? 1 : 0;
            }
        } finally {
            for (Socket client : crowd) {
                client.close();
            }
        }
        assertTrue(refused > 1_000, refused + " of 2500");
        assertEquals(200, daemon.get("/q/health/live").statusCode());
        assertEquals(202, send(lead("{\"phone\": \"0868793812\"}")).statusCode());
    }

    @Test
    void chunks_without_a_length_are_read_up_to_the_limit() throws Exception {
        String json = "{\"phone\": \"0868793805\"}";
        String chunk = Integer.toHexString(json.length()) + "\r\n" + json + "\r\n0\r\n\r\n";
        assertTrue(raw(head("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n") + chunk)
                .startsWith("HTTP/1.1 202"));
        String piece = "1000\r\n" + "a".repeat(0x1000) + "\r\n";
        String answer =
                raw(head("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n") + piece.repeat(20) + "0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413") && answer.contains("PAYLOAD_TOO_LARGE"), answer);
    }

    @Test
    void a_request_that_breaks_off_is_counted_without_a_status() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", daemon.port())) {
            socket.getOutputStream()
                    .write((head("Content-Length: 100\r\n\r\n") + "{\"phone\"")
                            .replace(TOKEN, LEAVING_TOKEN)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        Await.until("it is counted", () -> daemon.get("/q/metrics").body().contains("status=\"none\"} 1.0"));
        String metrics = daemon.get("/q/metrics").body();
        assertFalse(metrics.matches("(?s).*source=\"(leaving|unknown)\",status=\"200\"} [1-9].*"), metrics);
    }

    @Test
    void requests_in_a_pipeline_are_answered_in_their_order() throws Exception {
        String bad = head("Content-Length: 2\r\n\r\n{}");
        String good = head("Connection: close\r\nContent-Length: 23\r\n\r\n{\"phone\": \"0868793806\"}");
        String answers = raw(bad + good);
        assertTrue(
                answers.indexOf("400 Bad Request") >= 0
                        && answers.indexOf("400 Bad Request") < answers.indexOf("202 Accepted"),
                answers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/crm/lead/../../q/metrics",
                "GET /api/crm/lead/%2e%2e/%2e%2e/q/metrics",
                "GET //api//crm//lead//1",
                "POST /api/intake/",
                "POST /api/intake/%2F/%2F",
                "POST /api/intake/nosuch",
                "POST /api/intake/nosuch/token",
                "PUT /api/crm/lead",
                "POST /api/crm/lead;x=y/1",
                "POST /API/CRM/LEAD"
            })
    void tricks_with_paths_lead_nowhere(String line) throws Exception {
        String answer = raw(line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        assertFalse(answer.contains("alohub_sync"), answer);
    }

    @Test
    void a_storm_of_large_bodies_ends_in_answers_and_the_daemon_lives() throws Exception {
        HttpRequest request = lead("{\"phone\": \"0868793800\", \"name\": \"" + "x".repeat(32_000) + "\"}")
                .setHeader("Authorization", "nobody")
                .build();
        var answers = java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .toList();
        answers.forEach(answer -> assertEquals(401, answer.join().statusCode()));
        assertEquals(200, daemon.get("/q/health/live").statusCode());
    }

    @Test
    void while_the_database_is_away_nothing_is_taken() throws Exception {
        RIG.database.cutOff(true);
        HttpResponse<String> answer;
        try {
            answer = send(lead("{\"phone\": \"0868793807\"}"));
        } finally {
            RIG.database.cutOff(false);
        }
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        Await.until(
                "it is back", () -> send(lead("{\"phone\": \"0868793807\"}")).statusCode() == 202);
    }

    // Alohub's own examples, with the URL changed

    @ParameterizedTest
    @CsvSource({"curl, lead.sh, sh", "node, lead.mjs, node", "python3, lead.py, python3"})
    void the_examples_run_as_they_stand(String program, String example, String interpreter) throws Exception {
        Required.toBeThere(program, isHere(program));
        ProcessBuilder builder =
                new ProcessBuilder(interpreter, EXAMPLES.resolve(example).toString()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("INTAKE_URL", "http://127.0.0.1:" + daemon.port(), "INTAKE_TOKEN", TOKEN));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("SUCCESS") && output.contains("/api/crm/lead/"), output);
    }

    private static boolean isHere(String program) {
        return java.util.Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
