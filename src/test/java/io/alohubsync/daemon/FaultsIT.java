package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Reply.Fault;
import io.alohubsync.demo.Simulator;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every way in which one answer can be bad, over real HTTP, against the packaged daemon. None of
 * these closes the breaker.
 */
class FaultsIT {

    private static final Map<String, List<Reply>> SCRIPTS = new ConcurrentHashMap<>();
    private static Rig rig;
    private static Daemon daemon;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        rig = new Rig();
        rig.alohub.behave(FaultsIT::scripted);
        daemon =
                rig.start(rig.daemon().with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "3").with("ALOHUB_LOG_ATTEMPTS", "true"));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    /**
     * The n-th call of a phone gets the n-th reply of its script; after the last one all goes well.
     */
    private static Reply scripted(Simulator.Call call) {
        List<Reply> script = SCRIPTS.getOrDefault(call.phone(), List.of());
        return call.count() <= script.size() ? script.get((int) call.count() - 1) : Reply.success();
    }

    /** @return the row of a new customer whose calls are answered so */
    private static Sent send(Reply... script) {
        String phone = String.format("08687%05d", ++number);
        SCRIPTS.put(phone, List.of(script));
        return new Sent(
                rig.database.insert(phone, "Nguyễn Thị Thủy", "thuy@example.vn"), "+84" + phone.substring(1), phone);
    }

    private record Sent(long row, String e164, String phone) {
        void ends(String mergeStatus, String... outcomes) {
            rig.awaitStatus(row, mergeStatus);
            assertEquals(List.of(outcomes), rig.outcomes(e164));
        }
    }

    @Test
    void a_lead_arrives_as_the_contract_says() {
        String phone = "0868793800";
        long row = rig.database.insert(" +84 868.793.800", "  Nguyễn Thị Thủy ", null);
        rig.awaitStatus(row, "DELIVERED");
        Simulator.Call call = rig.alohub.calls(phone).getFirst();
        assertEquals(
                new JsonObject().put("phone", phone).put("name", "Nguyễn Thị Thủy"),
                call.lead(),
                "empty fields are left out");
        assertEquals(Simulator.KEY, call.headers().get("Authorization"));
        assertEquals("*/*", call.headers().get("Accept"));
        assertTrue(call.headers().get("Content-Type").startsWith("application/json"));
    }

    @Test
    void a_business_failure_under_http_200_is_tried_again() {
        send(Reply.businessFailure()).ends("DELIVERED", "FAILED", "ACCEPTED");
    }

    @Test
    void the_log_may_have_a_line_of_text_for_each_attempt() {
        Sent sent = send(Reply.status(500));
        sent.ends("DELIVERED", "FAILED", "ACCEPTED");
        String which = "attempt account=default phone=***" + sent.phone.substring(7) + " ";
        Await.until("both are written", () -> attempts(which).size() == 2);
        List<String> attempts = attempts(which);
        assertTrue(
                attempts.getFirst().contains("outcome=FAILED consequence=WAITING http_status=500"),
                attempts.getFirst());
        assertTrue(attempts.getLast().contains("attempt=2 outcome=ACCEPTED"), attempts.getLast());
    }

    private static List<String> attempts(String which) {
        return daemon.output().stream().filter(line -> line.contains(which)).toList();
    }

    @Test
    void a_web_page_under_http_200_is_no_success() {
        send(Reply.bytes(200, "text/html", "<!doctype html><p>Đăng nhập".getBytes(StandardCharsets.UTF_8)))
                .ends("DELIVERED", "FAILED", "ACCEPTED");
    }

    @Test
    void text_and_nothing_under_http_200_are_success() {
        send(Reply.bytes(200, "text/plain", "OK".getBytes(StandardCharsets.UTF_8)))
                .ends("DELIVERED", "ACCEPTED");
        send(Reply.status(204)).ends("DELIVERED", "ACCEPTED");
    }

    @Test
    void a_server_error_is_tried_again_until_the_attempts_are_spent() {
        send(Reply.error(500, "FAIL", "x"), Reply.status(502)).ends("DELIVERED", "FAILED", "FAILED", "ACCEPTED");
        Sent poison = send(Reply.status(500), Reply.status(502), Reply.status(504));
        poison.ends("DEAD", "FAILED", "FAILED", "FAILED");
        assertEquals(
                "3", rig.database.one("SELECT attempts FROM alohub.sync_status WHERE phone = '" + poison.e164 + "'"));
    }

    @Test
    void a_refusal_of_the_customer_is_final_and_keeps_no_personal_data() {
        for (int status : new int[] {400, 413, 422}) {
            Sent refused = send(Reply.error(
                    status, "INVALID", "Nguyễn Thị Thủy thuy@example.vn " + String.format("08687%05d", number + 1)));
            refused.ends("DEAD", "REFUSED");
            String error = rig.error(refused.e164);
            assertTrue(error.startsWith("HTTP " + status + " INVALID"), error);
            assertFalse(
                    error.contains("Thủy") || error.contains("@example.vn") || error.contains(refused.phone), error);
        }
    }

    @Test
    void a_hang_ends_at_the_deadline_and_keeps_the_phone_quiet_for_q() {
        Sent sent = send(Reply.fault(Fault.HANG));
        sent.ends("DELIVERED", "UNKNOWN", "ACCEPTED");
        List<Simulator.Call> calls = rig.alohub.calls(sent.phone);
        assertTrue(Duration.between(calls.get(0).at(), calls.get(1).at()).toMillis() >= 3_900, "D + Q");
    }

    @Test
    void a_reset_after_the_request_is_unknown() {
        send(Reply.fault(Fault.RESET_AFTER_BODY)).ends("DELIVERED", "UNKNOWN", "ACCEPTED");
    }

    @Test
    void a_reset_before_the_body_is_read_is_unknown_too() {
        rig.alohub.resetBeforeBody(true);
        Sent sent = send();
        Await.until("it is reset", () -> rig.outcomes(sent.e164).equals(List.of("UNKNOWN")));
        rig.alohub.resetBeforeBody(false);
        rig.awaitStatus(sent.row, "DELIVERED");
    }

    @Test
    void a_truncated_answer_is_unknown() {
        send(Reply.fault(Fault.TRUNCATE)).ends("DELIVERED", "UNKNOWN", "ACCEPTED");
    }

    @Test
    void an_answer_of_ten_megabytes_is_read_no_further_than_needed() {
        byte[] text = new byte[10_000_000];
        Arrays.fill(text, (byte) 'x');
        send(Reply.bytes(200, "text/plain", text)).ends("DELIVERED", "ACCEPTED");
        byte[] json =
                ("{\"data\":\"" + "x".repeat(10_000_000) + "\",\"success\":\"1\"}").getBytes(StandardCharsets.UTF_8);
        send(Reply.bytes(200, "application/json", json)).ends("DELIVERED", "FAILED", "ACCEPTED");
        byte[] envelopeFirst =
                ("{\"success\":\"1\",\"data\":\"" + "x".repeat(10_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        send(Reply.bytes(200, "application/json", envelopeFirst)).ends("DELIVERED", "ACCEPTED");
        Sent refused = send(Reply.bytes(422, "text/plain", text));
        refused.ends("DEAD", "REFUSED");
        assertTrue(rig.error(refused.e164).getBytes(StandardCharsets.UTF_8).length <= 2048);
    }

    @Test
    void an_answer_with_a_length_beside_its_chunks_is_read_by_its_chunks() {
        Reply success = Reply.success();
        send(success.with("Content-Length", String.valueOf(success.body().length))
                        .with("Transfer-Encoding", "chunked"))
                .ends("DELIVERED", "ACCEPTED");
    }

    @Test
    void headers_of_30_kib_are_no_obstacle() {
        Reply large = Reply.success();
        for (int i = 0; i < 30; i++) {
            large = large.with("X-Large-" + i, "x".repeat(1000));
        }
        send(large).ends("DELIVERED", "ACCEPTED");
    }

    @Test
    void compressed_answers_are_understood_although_nobody_asked_for_them() throws Exception {
        byte[] success = "{\"success\":\"1\"}".getBytes(StandardCharsets.UTF_8);
        byte[] failure = "{\"success\":\"0\",\"error_message\":\"lỗi\"}".getBytes(StandardCharsets.UTF_8);
        send(Reply.bytes(200, "application/json", gzip(success)).with("Content-Encoding", "gzip"))
                .ends("DELIVERED", "ACCEPTED");
        send(Reply.bytes(200, "application/json", deflate(success)).with("Content-Encoding", "deflate"))
                .ends("DELIVERED", "ACCEPTED");
        Sent refused = send(Reply.bytes(422, "application/json", gzip(failure)).with("Content-Encoding", "gzip"));
        refused.ends("DEAD", "REFUSED");
        assertEquals("HTTP 422: lỗi", rig.error(refused.e164));
        byte[] bomb = gzip(new byte[100_000_000]);
        assertTrue(bomb.length > 65_536, "the limit on what is received applies as well");
        send(Reply.bytes(200, "application/json", bomb).with("Content-Encoding", "gzip"))
                .ends("DELIVERED", "FAILED", "ACCEPTED");
        assertTrue(daemon.isAlive());
    }

    @Test
    void a_success_without_the_envelope_is_counted_and_warned_of_once() {
        send(Reply.json(200, "{\"id\":7}")).ends("DELIVERED", "ACCEPTED");
        send(Reply.json(200, "{\"id\":8}")).ends("DELIVERED", "ACCEPTED");
        assertTrue(daemon.get("/q/metrics")
                .body()
                .lines()
                .anyMatch(line -> line.matches("alohub_sync_accepted_without_envelope_total\\{.*} [1-9].*")));
        assertEquals(
                1,
                daemon.output().stream()
                        .filter(line -> line.contains("alohub.answer.require-success"))
                        .count());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream stream = new DeflaterOutputStream(bytes)) {
            stream.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void a_wrong_charset_and_a_nul_are_no_obstacle() {
        send(Reply.bytes(200, "text/plain; charset=klingon", "OK".getBytes(StandardCharsets.UTF_8)))
                .ends("DELIVERED", "ACCEPTED");
        Sent refused = send(Reply.bytes(400, "text/plain", "no\u0000pe \uD83D\uDE00".getBytes(StandardCharsets.UTF_8)));
        refused.ends("DEAD", "REFUSED");
        assertEquals("HTTP 400: no pe \uD83D\uDE00", rig.error(refused.e164));
    }

    @Test
    void a_call_that_applies_late_is_followed_by_the_newest_state() {
        Sent sent = send(Reply.success().thatAppliesLate().after(Duration.ofMillis(2_500)));
        Await.until("the call is made", () -> rig.alohub.calls(sent.phone).size() == 1);
        long newer = rig.database.insert(sent.phone, "Nguyễn Thị Thu Thủy", null);
        rig.awaitStatus(newer, "DELIVERED");
        assertEquals("Nguyễn Thị Thu Thủy", rig.alohub.leads().get(sent.phone).getString("name"));
    }

    @Test
    void junk_is_rejected_with_a_reason_and_never_sent() {
        long row = rig.database.insert("0868-CALL-ME", "X", null);
        rig.awaitStatus(row, "REJECTED");
        assertTrue(rig.database
                .one("SELECT reason FROM alohub.outbox_status WHERE id = " + row)
                .startsWith("phone.letters: "));
        assertTrue(rig.database
                .one("SELECT reason_vi FROM alohub.outbox_status WHERE id = " + row)
                .contains("chữ cái"));
    }

    @Test
    void the_metrics_and_the_log_tell_it_without_personal_data() {
        Sent refused = send(Reply.error(422, "INVALID", "bị từ chối"));
        refused.ends("DEAD", "REFUSED");
        String metrics = daemon.get("/q/metrics").body();
        for (String name : List.of(
                "alohub_sync_customers{",
                "alohub_sync_due_now",
                "alohub_sync_oldest_due_age_seconds",
                "alohub_sync_rows_new",
                "alohub_sync_attempts_total{",
                "alohub_sync_attempt_seconds_bucket{",
                "alohub_sync_rows_out_of_order_total",
                "alohub_sync_settlements_fenced_total",
                "alohub_sync_account_state{")) {
            assertTrue(metrics.contains(name), name);
        }
        String everything = metrics + String.join("\n", daemon.output());
        assertFalse(everything.contains(refused.phone) || everything.contains(refused.e164), "a whole phone");
        assertFalse(everything.contains("Thủy") || everything.contains("thuy@example.vn"), "a name or an e-mail");
        assertFalse(everything.contains(Simulator.KEY), "the key");
        assertNull(rig.database.one("SELECT 1 FROM alohub.account WHERE state <> 'ACTIVE'"));
    }
}
