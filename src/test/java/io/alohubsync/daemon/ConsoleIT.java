package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.Await;
import io.alohubsync.access.PasswordHash;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import io.alohubsync.operate.problems.ProblemKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The console of the packaged daemon as a browser and as an attacker use it, with the heap that is
 * shipped.
 */
class ConsoleIT {

    private static final String PASSWORD = "bốn từ rất dễ nhớ";
    private static final String KEY = "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0";
    private static final Pattern TOKEN = Pattern.compile("alohub_[A-Za-z0-9_-]{43}");
    private static final Pattern PROOF = Pattern.compile("name=\"proof\" value=\"([^\"]+)\"");
    private static final String EVIL = "<script>alert(1)</script>\u202e\" onfocus=\"x";

    private static final Rig RIG = new Rig();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static Path users;
    private static Daemon daemon;
    private static String viewer;
    private static String operator;
    private static String admin;
    private static String emptyForViewer;
    private static String emptyForOperator;
    private static String viewerProof;
    private static String operatorProof;
    private static String adminProof;
    private static String viewerToken;
    private static String operatorToken;

    @BeforeAll
    static void start() throws Exception {
        String hash = PasswordHash.of(PASSWORD.toCharArray());
        users = Files.writeString(
                folder.resolve("users"),
                "xem:viewer:" + hash + "\nlan:operator:" + hash + "\nquản:admin:" + hash + "\nđi:viewer:" + hash
                        + "\n");
        daemon = RIG.start(RIG.daemon()
                .jvm("-Xmx96m")
                .with("ALOHUB_CONSOLE_USERS_FILE", users.toString())
                .with("ALOHUB_CONSOLE_ENCRYPTION_KEY", KEY)
                .with("ALOHUB_CONSOLE_PROXY_NETWORKS", "127.0.0.2")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "2"));
        viewer = logIn("xem");
        operator = logIn("lan");
        admin = logIn("quản");
        awaitPages();
        emptyForViewer = get("/", viewer).body();
        emptyForOperator = get("/", operator).body();
        viewerProof = proof(viewer);
        operatorProof = proof(operator);
        adminProof = proof(admin);
        viewerToken = token("viewer");
        operatorToken = token("operator");
    }

    @AfterAll
    static void stop() {
        RIG.close();
    }

    /** On a busy machine the first page of a new JVM may last longer than a page may. */
    private static void awaitPages() {
        for (String path : List.of("/", "/problems", "/customers", "/accounts")) {
            Await.until(path + " is shown", () -> get(path, viewer).statusCode() == 200);
        }
        Await.until("the tokens are shown", () -> get("/tokens", admin).statusCode() == 200);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .timeout(Duration.ofSeconds(40)); // an upload of 65 MB on a busy machine
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String cookie) throws Exception {
        return send(request(path).header("Cookie", cookie));
    }

    private static String form(Map<String, String> fields) {
        List<String> parts = new ArrayList<>();
        fields.forEach((name, value) -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", parts);
    }

    private static HttpRequest.Builder posted(String path, String cookie, Map<String, String> fields) {
        return request(path)
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
    }

    private static HttpResponse<String> logIn(String name, String password) throws Exception {
        return send(posted("/login", "a=b", Map.of("name", name, "password", password)));
    }

    /** @return the cookie */
    private static String logIn(String name) throws Exception {
        HttpResponse<String> answer = logIn(name, PASSWORD);
        assertEquals(303, answer.statusCode(), name);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.startsWith("__Host-"), cookie);
        for (String attribute : List.of("Secure", "HTTPOnly", "SameSite=Lax", "Path=/")) {
            assertTrue(cookie.toLowerCase().contains(attribute.toLowerCase()), cookie);
        }
        return cookie.replaceFirst(";.*", "");
    }

    private static String proof(String cookie) throws Exception {
        Matcher proof = PROOF.matcher(get("/", cookie).body());
        assertTrue(proof.find());
        return proof.group(1);
    }

    private static HttpResponse<String> act(String path, String cookie, Map<String, String> fields) throws Exception {
        Map<String, String> all = new HashMap<>(fields);
        all.put("proof", proof(cookie));
        return send(posted(path, cookie, all));
    }

    private static String token(String role) throws Exception {
        return issued(role, role);
    }

    private static String issued(String name, String role) throws Exception {
        String page = issue(name, role, "1").body();
        Matcher token = TOKEN.matcher(page);
        assertTrue(token.find(), page);
        return token.group();
    }

    private static HttpResponse<String> issue(String name, String role, String days) throws Exception {
        return send(posted("/tokens", admin, tokenForm(name, role, days)));
    }

    /** With what is hidden in the page's form. */
    private static Map<String, String> tokenForm(String name, String role, String days) throws Exception {
        Map<String, String> fields = new HashMap<>(Map.of("name", name, "role", role, "days", days));
        Matcher form = Pattern.compile("(?s)action=\"/tokens\".*?</form>")
                .matcher(get("/tokens", admin).body());
        assertTrue(form.find());
        Matcher hidden = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"")
                .matcher(form.group());
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        return fields;
    }

    private static long number(String sql) {
        return Long.parseLong(RIG.database.one(sql));
    }

    private static long delivered(String phone, String name) {
        long row = number("INSERT INTO alohub.customer_outbox (phone, name, source, source_ref) VALUES ('" + phone
                + "', '" + name.replace("'", "''") + "', 'shop', 'KH-" + phone + "') RETURNING id");
        RIG.awaitStatus(row, "DELIVERED");
        return number("SELECT customer_id FROM alohub.outbox_status WHERE id = " + row);
    }

    @Test
    void a_person_who_has_not_logged_in_comes_to_the_login_and_then_to_the_page() throws Exception {
        HttpResponse<String> page = send(request("/customers?q=nguyen"));
        assertEquals(303, page.statusCode());
        String login = page.headers().firstValue("Location").orElseThrow();
        assertTrue(login.endsWith("/login?to=%2Fcustomers%3Fq%3Dnguyen"), login);
        HttpResponse<String> answer =
                send(posted("/login", "a=b", Map.of("name", "lan", "password", PASSWORD, "to", "/customers?q=nguyen")));
        assertTrue(answer.headers().firstValue("Location").orElseThrow().endsWith("/customers?q=nguyen"));
    }

    @Test
    void an_empty_system_explains_its_first_step_and_offers_each_role_what_it_may_do() {
        String step = "INSERT INTO alohub.customer_outbox";
        String link = "<a href=\"/import\">Nhập tệp</a></p>";
        assertTrue(emptyForViewer.contains(step) && emptyForOperator.contains(step), emptyForViewer);
        assertFalse(emptyForViewer.contains("href=\"/import\""), emptyForViewer);
        assertTrue(emptyForOperator.contains(link), emptyForOperator);
    }

    @Test
    void no_spelling_of_any_route_opens_it_to_somebody_without_its_role_and_each_role_opens_its_own() throws Exception {
        Route.Values real = real(delivered("0912345000", "Trần Văn Không"));
        String none = UUID.randomUUID().toString();
        Route.Values nothing = new Route.Values("999999", "nobody", "x", none, none, "999999");
        List<String> wrong = new ArrayList<>();
        for (Route route : Route.all()) {
            for (Route.Caller caller : callers(route)) {
                boolean may = route.has(caller.role());
                String path = route.path(may ? nothing : real);
                for (String spelling : may ? Set.of(path) : route.spellings(path)) {
                    Route.Answer answer = route.ask(daemon.port(), spelling, caller);
                    if (may ? !answer.isOpen() : !answer.isClosed()) {
                        wrong.add(caller.role() + ": " + route.verb() + " " + spelling + " " + answer);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** What they name is there: a call that is let through shows or does something. */
    private static Route.Values real(long customer) {
        String action = RIG.database.one(
                "INSERT INTO alohub.bulk_action (client_key, kind, account, reason, person, way, state, expected, ended_at)"
                        + " VALUES (gen_random_uuid(), 'HOLD', 'default', 'FAILED.500', 'lan', 'FILE', 'DONE', 0, now()) RETURNING id");
        String upload =
                RIG.database.one("INSERT INTO alohub.upload (state, person, name, account, source, sheet, columns)"
                        + " VALUES ('PREVIEWED', 'lan', 'a.csv', 'default', 'import', '', '{}') RETURNING id");
        String group = new ProblemKey(ProblemKey.Kind.FAILURE, "default", "FAILED.500", null).text();
        String token = RIG.database.one("SELECT min(id) FROM alohub.api_token");
        return new Route.Values(String.valueOf(customer), "default", group, action, upload, token);
    }

    /** The API acts for tokens alone, and an administrator has none. */
    private static List<Route.Caller> callers(Route route) {
        Route.Caller nobody = new Route.Caller("", "", "");
        if (route.template().startsWith("/api/")) {
            return List.of(
                    nobody,
                    new Route.Caller("viewer", "Authorization: Bearer " + viewerToken, ""),
                    new Route.Caller("operator", "Authorization: Bearer " + operatorToken, ""));
        }
        return List.of(
                nobody,
                new Route.Caller("viewer", "Cookie: " + viewer, viewerProof),
                new Route.Caller("operator", "Cookie: " + operator, operatorProof),
                new Route.Caller("admin", "Cookie: " + admin, adminProof));
    }

    @Test
    void pages_are_for_viewers_acts_and_files_for_operators_and_tokens_for_administrators() throws Exception {
        List<Route> all = Route.all();
        assertTrue(all.size() > 50, all.size() + " routes");
        for (Route route : all) {
            boolean acts = route.verb().equals("POST")
                    || route.template().matches(".*/(export|report|retry|hold)")
                    || route.template().matches("/(api/v1/)?imports?(/.*)?");
            String role = route.template().startsWith("/tokens") ? "admin" : acts ? "operator" : "viewer";
            assertEquals(role, route.role(), route.verb() + " " + route.template());
        }
    }

    @Test
    void documents_are_in_the_readers_language_and_pages_lead_to_those_about_them() throws Exception {
        assertTrue(get("/docs/runbook/AlohubSyncDead", viewer)
                .body()
                .contains("<article class=\"card document\" lang=\"vi\">"));
        String english = get("/docs/runbook/AlohubSyncDead", viewer + "; alohub-language=en")
                .body();
        assertTrue(
                english.contains("lang=\"en\">") && english.contains("<h2 id=\"what-to-do\">What to do</h2>"), english);
        assertTrue(get("/docs/vi/operations", viewer + "; alohub-language=en")
                .body()
                .contains("lang=\"vi\">"));
        assertTrue(get("/docs", viewer).body().contains("<a href=\"/docs/operations\">"));
        assertEquals(404, get("/docs/application.properties", viewer).statusCode());
        assertEquals(404, get("/docs/..%2f..%2fapplication", viewer).statusCode());
        long row = number(
                "INSERT INTO alohub.customer_outbox (phone, source) VALUES ('không có', 'tài liệu') RETURNING id");
        RIG.awaitStatus(row, "REJECTED");
        Matcher group = Pattern.compile("href=\"(/problems/[A-Za-z0-9_-]{20,})\"")
                .matcher(get("/problems", viewer).body());
        assertTrue(group.find());
        assertTrue(get(group.group(1), viewer).body().contains("href=\"/docs/runbook/AlohubSync"), group.group(1));
    }

    @Test
    void a_viewer_acts_on_nothing() throws Exception {
        long customer = delivered("0912345001", "Nguyễn Văn An");
        String proof = proof(viewer);
        for (String path : List.of(
                "/customers/" + customer + "/retry",
                "/customers/" + customer + "/hold",
                "/customers/" + customer + "/release",
                "/customers/" + customer + "/correct",
                "/accounts/default/pause",
                "/accounts/default/resume",
                "/problems/x/retry",
                "/problems/actions/x/stop",
                "/problems/actions/x/release",
                "/tokens",
                "/tokens/1/revoke")) {
            assertEquals(403, send(posted(path, viewer, Map.of("proof", proof))).statusCode(), path);
        }
        assertEquals("DELIVERED", RIG.database.one("SELECT status FROM alohub.sync_status WHERE id = " + customer));
    }

    @Test
    void a_viewer_sees_no_name_and_three_digits_of_a_phone_also_when_asking_for_more() throws Exception {
        long customer = delivered("0912345002", "Trần Thị Bích Ngọc");
        for (String path : List.of("/customers/" + customer + "?show=true", "/customers?q=0912345002&show=true")) {
            String page = get(path, viewer).body();
            assertTrue(page.contains("•••002"), path);
            assertFalse(page.contains("Bích Ngọc") || page.contains("912345002</"), path);
        }
    }

    /** A source may write anything into any field, and swap two. */
    @Test
    void a_viewer_reads_no_phone_in_the_field_of_a_source_or_of_an_account() throws Exception {
        RIG.awaitStatus(
                number("INSERT INTO alohub.customer_outbox (account, phone, source)"
                        + " VALUES ('0912345678', 'default', 'Zalo 0987 654 321 Chị Lan') RETURNING id"),
                "REJECTED");
        String group = "";
        Matcher link = Pattern.compile("href=\"(/problems/[A-Za-z0-9_-]{20,})\"")
                .matcher(get("/problems", viewer).body());
        while (group.isEmpty() && link.find()) {
            String page = get(link.group(1) + "?show=true", operator).body();
            group = page.contains("Zalo 0987 654 321 Chị Lan") ? link.group(1) : "";
        }
        assertFalse(group.isEmpty(), "an operator who asks sees it");
        assertEquals(200, get(group + "/export", operator).statusCode());
        for (String path : List.of(
                "/problems",
                group,
                "/problems/rejected?today=true",
                "/problems/slow",
                "/activity",
                "/api/v1/problems",
                "/api/v1/problems/rejected",
                "/api/v1" + group + "/rows",
                "/api/v1/activity")) {
            for (HttpRequest.Builder asked : List.of(
                    request(path).header("Cookie", viewer),
                    request(path).header("Authorization", "Bearer " + viewerToken))) {
                HttpResponse<String> answer = send(asked);
                assertEquals(200, answer.statusCode(), path);
                String all = answer.body() + decoded(answer.body());
                assertFalse(all.contains("912345678") || all.contains("987 654 321"), () -> path + "\n" + all);
            }
        }
    }

    /** What may be base64 in it, as text. */
    private static String decoded(String body) {
        StringBuilder all = new StringBuilder();
        Pattern.compile("[A-Za-z0-9_-]{12,}")
                .matcher(body)
                .results()
                .map(run -> run.group())
                .filter(run -> run.length() % 4 != 1)
                .forEach(run -> all.append(new String(Base64.getUrlDecoder().decode(run), StandardCharsets.UTF_8)));
        return all.toString();
    }

    @Test
    void an_operator_who_asks_sees_all_of_it_and_the_audit_has_who_it_was() throws Exception {
        long customer = delivered("0912345003", "Lê Thị Hồng");
        assertFalse(get("/customers/" + customer, operator).body().contains("Lê Thị Hồng"));
        String page = get("/customers/" + customer + "?show=true", operator).body();
        assertTrue(page.contains("Lê Thị Hồng"));
        assertTrue(page.matches("(?s).*Đã gộp lúc [0-9/]+ [0-9:]+: phiên bản 1<.*"), "its row, and when it was merged");
        assertEquals(
                "lan",
                RIG.database.one("SELECT person FROM alohub.audit WHERE act = 'UNMASK' AND customer_id = " + customer));
    }

    @Test
    void the_activity_shows_an_operator_no_phone_in_full_that_nobody_asked_for() throws Exception {
        long customer = delivered("0912345013", "Vũ Thị Mười");
        act("/customers/" + customer + "/hold", operator, Map.of("reason", "khách nhờ giữ"));
        String page = get("/activity", operator).body();
        assertTrue(page.contains("khách nhờ giữ"));
        assertTrue(page.contains("•••013"));
        assertFalse(page.contains("912345013"));
        assertEquals(
                303,
                act("/customers/" + customer + "/correct", operator, Map.of("phone", "0912345033", "reason", "gõ nhầm"))
                        .statusCode());
        String corrected = get("/activity", operator).body();
        assertTrue(corrected.contains("gõ nhầm"), corrected);
        assertFalse(corrected.contains("912345033"), "the right phone, in the reason of the hold");
    }

    @Test
    void an_act_that_is_declined_has_the_status_of_its_reason() throws Exception {
        long customer = delivered("0912345026", "Mai Thị Tám");
        assertEquals(404, act("/accounts/nobody/pause", operator, Map.of()).statusCode());
        assertEquals(404, act("/customers/999999/hold", operator, Map.of()).statusCode());
        Map<String, String> old = Map.of("name", "Mai Thị Chín", "revision", "77");
        assertEquals(
                409, act("/customers/" + customer + "/correct", operator, old).statusCode());
    }

    /** Somebody has held it since the page was shown. */
    @Test
    void who_sends_a_held_customer_again_reads_that_it_stays_held() throws Exception {
        long customer = delivered("0912345034", "Vũ Thị Giữ");
        RIG.database.execute("SELECT alohub.hold('0912345034')");
        HttpResponse<String> answer = act("/customers/" + customer + "/retry", operator, Map.of("reason", "thử"));
        String page = get(answer.headers().firstValue("Location").orElseThrow(), operator)
                .body();
        assertTrue(page.contains("vẫn đang được giữ lại"), page);
        assertFalse(page.contains("Khách hàng sẽ được gửi lại."), page);
    }

    @Test
    void a_phone_of_another_customer_is_corrected_to_with_a_box_ticked() throws Exception {
        long wrong = delivered("0912345071", "Mai Thị Sai");
        delivered("0912345072", "Trần Thị Bình");
        String path = "/customers/" + wrong + "/correct";
        HttpResponse<String> declined = act(path, operator, Map.of("phone", "0912345072"));
        assertEquals(409, declined.statusCode());
        assertTrue(declined.body().contains("đã có một khách hàng khác"), declined.body());
        assertTrue(declined.body().contains("name=\"onto_existing\" value=\"true\">"), declined.body());
        RIG.database.execute("SELECT alohub.hold('0912345072')");
        HttpResponse<String> done = act(path, operator, Map.of("phone", "0912345072", "onto_existing", "true"));
        String page = get(done.headers().firstValue("Location").orElseThrow(), operator)
                .body();
        assertTrue(page.contains("Khách hàng có số đó vẫn đang được giữ lại"), page);
        assertEquals(
                "Trần Thị Bình", RIG.database.one("SELECT name FROM alohub.sync_status WHERE phone = '+84912345072'"));
        String shown = get("/customers/" + wrong + "?show=true", operator).body();
        assertFalse(shown.contains("name=\"phone\""), shown);
        assertTrue(shown.contains("Hãy sửa ở khách hàng có số đúng"), shown);
    }

    @Test
    void a_form_that_is_declined_keeps_what_was_typed() throws Exception {
        long customer = delivered("0912345014", "Mai Thị Một");
        String path = "/customers/" + customer;
        String page = act(
                        path + "/correct",
                        operator,
                        Map.of(
                                "phone", "0868",
                                "was-phone", "+84912345014",
                                "name", "Mai Thị Hai",
                                "was-name", "Mai Thị Một",
                                "email", "",
                                "was-email", "",
                                "reason", "khách gọi"))
                .body();
        for (String typed : List.of("0868", "Mai Thị Hai", "khách gọi")) {
            assertTrue(page.contains("value=\"" + typed + "\""), typed);
        }
        assertTrue(page.contains("name=\"was-name\" value=\"Mai Thị Một\""));
        String token = send(posted(
                        "/tokens",
                        admin,
                        Map.of("proof", adminProof, "name", "báo cáo", "role", "operator", "days", "999")))
                .body();
        assertTrue(token.contains("value=\"báo cáo\"") && token.contains("value=\"999\""), token);
        assertTrue(token.contains("<option value=\"operator\" selected>"));
        for (String days : List.of("chín mươi", "", "0", "99999999999", "1.5")) {
            HttpResponse<String> refused = send(posted(
                    "/tokens",
                    admin,
                    Map.of("proof", adminProof, "name", "báo cáo", "role", "operator", "days", days)));
            assertEquals(400, refused.statusCode(), days);
            assertTrue(refused.body().contains("value=\"báo cáo\""), refused.body());
            assertTrue(refused.body().contains("value=\"" + days + "\" aria-invalid"), refused.body());
        }
    }

    @Test
    void a_start_of_a_group_that_is_declined_keeps_its_reason() throws Exception {
        RIG.alohub.behave(call ->
                call.phone().equals("0912345061") ? Reply.error(422, "INVALID", "sai định dạng") : Reply.success());
        delivered("0912345060", "Người Khác");
        RIG.awaitStatus(
                number("INSERT INTO alohub.customer_outbox (phone, source) VALUES ('0912345061', 'giữ lý do')"
                        + " RETURNING id"),
                "DEAD");
        String group =
                "/problems/" + new ProblemKey(ProblemKey.Kind.FAILURE, "default", "REFUSED.422", "giữ lý do").text();
        for (String once : List.of("", "x".repeat(300))) {
            HttpResponse<String> declined =
                    act(group + "/hold", operator, Map.of("reason", "khách đổi ý", "once", once));
            assertEquals(400, declined.statusCode());
            assertTrue(declined.body().contains("value=\"khách đổi ý\""), declined.body());
            assertTrue(declined.body().contains("role=\"alert\""), declined.body());
        }
        RIG.alohub.behave(call -> Reply.success());
        RIG.database.execute("SELECT alohub.retry('0912345061')");
        Await.until(
                "no customer is dead",
                () -> 0 == number("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'"));
    }

    @Test
    void an_imports_forms_that_are_declined_keep_what_was_typed() throws Exception {
        HttpResponse<String> uploaded = upload(fields() + file("SĐT,Họ tên\r\n0912345062,Giữ Lại\r\n"));
        String path = URI.create(uploaded.headers().firstValue("Location").orElseThrow())
                .getPath();
        Await.until("it is previewed", () -> get(path, operator).body().contains(path + "/confirm"));
        HttpResponse<String> terms = act(
                path + "/preview",
                operator,
                Map.of(
                        "account",
                        "default",
                        "source",
                        "tờ rơi",
                        "sheet",
                        "s".repeat(200),
                        "column-phone",
                        "Điện thoại"));
        assertEquals(400, terms.statusCode());
        for (String typed : List.of("tờ rơi", "s".repeat(200), "Điện thoại")) {
            assertTrue(terms.body().contains("value=\"" + typed + "\""), terms.body());
        }
        assertTrue(terms.body().contains("của sheet"), terms.body());
        assertTrue(terms.body().contains("<body data-here=\"" + path + "\">"), "what its script reads again");
        HttpResponse<String> confirmed =
                act(path + "/confirm", operator, Map.of("preview", "99", "reason", "chiến dịch hè"));
        assertEquals(409, confirmed.statusCode());
        assertTrue(confirmed.body().contains("value=\"chiến dịch hè\""), confirmed.body());
        act(path + "/cancel", operator, Map.of());
    }

    /** A source may change another field between the look and the click. */
    @Test
    void a_correction_leaves_alone_what_the_person_did_not_change() throws Exception {
        long customer = delivered("0912345015", "Mai Thị Ba");
        RIG.awaitStatus(RIG.database.insert("0912345015", null, "moi@example.vn"), "DELIVERED");
        act(
                "/customers/" + customer + "/correct",
                operator,
                Map.of(
                        "name",
                        "Mai Thị Bốn",
                        "was-name",
                        "Mai Thị Ba",
                        "email",
                        "cu@example.vn",
                        "was-email",
                        "cu@example.vn"));
        Await.until(
                "the name is new and the address is the source's",
                () -> "Mai Thị Bốn moi@example.vn"
                        .equals(RIG.database.one(
                                "SELECT name || ' ' || email FROM alohub.sync_status WHERE id = " + customer)));
    }

    @Test
    void a_customer_is_found_by_any_spelling_and_without_diacritics() throws Exception {
        long customer = delivered("0912345004", "Đỗ Thị Quỳnh Hương");
        String link = "/customers/" + customer + "\"";
        for (String text :
                List.of("0912345004", "+84 912 345 004", "84912345004", "0912.345.004", "do thi quynh", "ĐỖ THỊ Q")) {
            String search = "/customers?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
            // The table of names follows the customers, some seconds later.
            Await.until(text, () -> get(search, operator).body().contains(link));
        }
        assertTrue(
                get("/customers?by=REFERENCE&q=KH-0912345004", operator).body().contains(link));
    }

    @Test
    void a_customer_is_held_released_sent_again_and_corrected_with_a_reason_that_is_kept() throws Exception {
        long customer = delivered("0912345005", "Phạm Sai Tên");
        String path = "/customers/" + customer;
        assertEquals(
                303,
                act(path + "/hold", operator, Map.of("reason", "khách yêu cầu")).statusCode());
        assertEquals("HELD", RIG.database.one("SELECT status FROM alohub.sync_status WHERE id = " + customer));
        assertEquals(
                303,
                act(path + "/release", operator, Map.of("reason", "đã xong")).statusCode());
        assertEquals(
                303,
                act(path + "/correct", operator, Map.of("name", "Phạm Đúng Tên", "reason", "sửa tên"))
                        .statusCode());
        Await.until(
                "the name is corrected",
                () -> "Phạm Đúng Tên"
                        .equals(RIG.database.one("SELECT name FROM alohub.sync_status WHERE id = " + customer
                                + " AND status = 'DELIVERED'")));
        assertEquals(
                List.of("HOLD lan khách yêu cầu", "RELEASE lan đã xong", "CORRECT lan sửa tên"),
                RIG.database.column(
                        "SELECT act || ' ' || person || ' ' || reason FROM alohub.audit WHERE customer_id = " + customer
                                + " ORDER BY id"));
    }

    @Test
    void hostile_names_are_inert() throws Exception {
        long customer = delivered("0912345006", EVIL);
        for (String path : List.of("/customers/" + customer + "?show=true", "/customers?q=0912345006&show=true")) {
            String page = get(path, operator).body();
            assertTrue(page.contains("&lt;script&gt;"), path);
            assertFalse(page.contains("<script>alert") || page.contains("\" onfocus"), path);
        }
        String typed = get("/customers?q=" + URLEncoder.encode(EVIL, StandardCharsets.UTF_8), operator)
                .body();
        assertFalse(typed.contains("<script>alert") || typed.contains("\" onfocus"));
    }

    @Test
    void hostile_words_in_any_field_of_others_are_inert() throws Exception {
        RIG.awaitStatus(
                number("INSERT INTO alohub.customer_outbox (phone, source, source_ref, account) VALUES ('abc', '" + EVIL
                        + "', '" + EVIL + "', '" + EVIL + "') RETURNING id"),
                "REJECTED");
        issue(EVIL, "viewer", "1");
        long customer = delivered("0912345063", "Mai Thị Mười");
        act("/customers/" + customer + "/hold", operator, Map.of("reason", EVIL));
        String heading = "\"SĐT\",\"" + EVIL.replace("\"", "\"\"") + "\"\r\n0912345064,x\r\n";
        HttpResponse<String> uploaded = upload(fields() + file(heading));
        String upload = URI.create(uploaded.headers().firstValue("Location").orElseThrow())
                .getPath();
        Await.until("it is previewed", () -> get(upload, operator).body().contains(upload + "/preview"));
        act(upload + "/preview", operator, Map.of("account", "default", "source", "x", "column-name", EVIL));
        Await.until("it is previewed again", () -> get(upload, operator).body().contains("&lt;script&gt;"));
        for (String path : List.of("/problems", "/problems/rejected?show=true", "/activity", "/tokens", upload)) {
            String page = get(path, path.equals("/tokens") ? admin : operator).body();
            assertTrue(page.contains("&lt;script&gt;"), path);
            assertFalse(page.contains("<script>alert") || page.contains("\" onfocus"), path);
        }
        act(upload + "/cancel", operator, Map.of());
    }

    @Test
    void every_answer_of_an_open_console_forbids_the_browser_what_it_does_not_need() throws Exception {
        String group =
                "/problems/" + new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.letters", null).text();
        String token = "Authorization: Bearer " + operatorToken + "\r\n";
        String cookie = "Cookie: " + operator + "\r\n";
        Map<String, Integer> answers = new HashMap<>();
        answers.put("GET / HTTP/1.1\r\n" + cookie, 200);
        answers.put("GET /customers HTTP/1.1\r\n", 303);
        answers.put("GET / HTTP/1.1\r\nAuthorization: Bearer alohub_x\r\n", 401);
        answers.put("GET /tokens HTTP/1.1\r\n" + cookie, 403);
        answers.put("GET " + group + "/export HTTP/1.1\r\n" + cookie, 200);
        answers.put("GET /api/v1/overview HTTP/1.1\r\n" + token, 200);
        answers.put("GET /api/v1/nowhere HTTP/1.1\r\n" + token, 404);
        answers.put("GET /api/v1/customers?limit=x HTTP/1.1\r\n" + token, 400);
        answers.put("GET /customers;x HTTP/1.1\r\n" + cookie, 404);
        answers.put("GET /customers?q=100% HTTP/1.1\r\n" + cookie, 400);
        answers.put("GET /nothing HTTP/1.1\r\n" + cookie, 404);
        answers.put("POST /login HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", 411);
        answers.put("POST /login HTTP/1.1\r\nContent-Length: 99999999\r\n", 413);
        for (Map.Entry<String, Integer> one : answers.entrySet()) {
            String request = one.getKey() + "Host: x\r\nConnection: close\r\n\r\n";
            String head = raw(request).split("\r\n\r\n")[0].toLowerCase();
            assertTrue(head.startsWith("http/1.1 " + one.getValue()), one + "\n" + head);
            for (String header : List.of(
                    "content-security-policy: default-src 'none'",
                    "x-content-type-options: nosniff",
                    "referrer-policy: same-origin",
                    "cache-control: no-store")) {
                assertEquals(2, head.split(Pattern.quote("\n" + header), -1).length, one + " " + header + "\n" + head);
            }
        }
    }

    @Test
    void what_another_site_has_a_browser_send_is_refused() throws Exception {
        long customer = delivered("0912345007", "Vũ Minh");
        String path = "/customers/" + customer + "/hold";
        String proof = proof(operator);
        assertEquals(403, send(posted(path, operator, Map.of())).statusCode());
        assertEquals(
                403, send(posted(path, operator, Map.of("proof", proof(admin)))).statusCode());
        for (Map.Entry<String, String> header : Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
                .entrySet()) {
            HttpRequest.Builder request =
                    posted(path, operator, Map.of("proof", proof)).header(header.getKey(), header.getValue());
            assertEquals(403, send(request).statusCode(), header.toString());
        }
        assertEquals(
                403,
                send(posted("/login", "a=b", Map.of("name", "lan", "password", PASSWORD))
                                .header("Sec-Fetch-Site", "same-site"))
                        .statusCode());
        assertEquals("DELIVERED", RIG.database.one("SELECT status FROM alohub.sync_status WHERE id = " + customer));
    }

    /** The API has no proof of its own: it acts for tokens alone, however its path is written. */
    @Test
    void no_spelling_of_a_path_of_the_api_acts_for_the_cookie_of_a_login() throws Exception {
        long customer = delivered("0912345061", "Vũ An");
        for (String begin :
                List.of("/api/v1/", "/api;x/v1/", "/api;x=1/v1/", "/api/v1;y/", "/%61pi/v1/", "/./api/v1/")) {
            for (String end : List.of("accounts/default/pause", "customers/" + customer + "/hold")) {
                int status = send(posted(begin + end, operator, Map.of())).statusCode();
                assertTrue(status == 401 || status == 404, begin + end + " " + status);
            }
        }
        assertEquals("DELIVERED", RIG.database.one("SELECT status FROM alohub.sync_status WHERE id = " + customer));
        assertEquals("ACTIVE", RIG.database.one("SELECT state FROM alohub.account_status WHERE account = 'default'"));
    }

    /**
     * An ingress that ends TLS calls by http: a browser refuses to go from a form of https to an
     * address with http.
     */
    @Test
    void redirects_after_a_form_name_neither_scheme_nor_host() throws Exception {
        long customer = delivered("0912345021", "Vũ Hà");
        for (HttpResponse<String> answer : List.of(
                logIn("lan", PASSWORD),
                act("/language", viewer, Map.of("language", "vi", "to", "/problems")),
                act("/customers/" + customer + "/hold", operator, Map.of("reason", "kiểm tra")),
                act("/accounts/default/resume", operator, Map.of("reason", "kiểm tra")),
                act("/logout", logIn("xem"), Map.of()))) {
            assertEquals(303, answer.statusCode(), answer.uri().getPath());
            String location = answer.headers().firstValue("Location").orElseThrow();
            assertTrue(location.startsWith("/"), answer.uri().getPath() + ": " + location);
        }
    }

    /**
     * Several tabs show the login, and a person logs in in one of them. A page of an error knows no
     * person.
     */
    @Test
    void login_and_language_work_on_pages_that_know_nothing_of_the_login() throws Exception {
        HttpResponse<String> login = send(posted("/login", operator, Map.of("name", "lan", "password", PASSWORD)));
        assertEquals(303, login.statusCode());
        String page = get("/nothing", operator).body();
        assertTrue(page.contains("action=\"/language\""), page);
        HttpResponse<String> language = send(posted("/language", operator, Map.of("language", "en", "to", "/nothing")));
        assertEquals(303, language.statusCode());
        for (String path : List.of("/login", "/language")) {
            HttpRequest.Builder foreign = posted(path, operator, Map.of()).header("Sec-Fetch-Site", "cross-site");
            assertEquals(403, send(foreign).statusCode(), path);
        }
    }

    @Test
    void a_form_that_is_sent_after_the_login_is_over_leads_to_the_login_and_back_to_its_page() throws Exception {
        long customer = delivered("0912345022", "Vũ Hải");
        String page = "/customers/" + customer + "?show=true";
        HttpResponse<String> answer =
                send(posted("/customers/" + customer + "/hold", "a=b", Map.of("reason", "gõ dở", "proof", "x"))
                        .header("Referer", "http://127.0.0.1:" + daemon.port() + page));
        assertEquals(303, answer.statusCode(), answer.body());
        String login = answer.headers().firstValue("Location").orElseThrow();
        assertEquals("/login?ended=true&to=" + URLEncoder.encode(page, StandardCharsets.UTF_8), login);
        String shown = send(request(login)).body();
        assertTrue(shown.contains("role=\"alert\"") && shown.contains("value=\"" + page + "\""), shown);
        assertEquals("DELIVERED", RIG.database.one("SELECT status FROM alohub.sync_status WHERE id = " + customer));
        assertEquals(
                401,
                send(posted("/customers/" + customer + "/hold", "a=b", Map.of()))
                        .statusCode(),
                "a program");
    }

    /** The address of a form's act can't be opened. */
    @Test
    void a_page_of_an_error_after_a_form_leads_back_to_the_page_of_the_form() throws Exception {
        long customer = delivered("0912345023", "Vũ Hiền");
        String page = "/customers/" + customer + "?show=true";
        String act = "/customers/" + customer + "/hold";
        HttpResponse<String> answer = send(posted(act, operator, Map.of("proof", "of another login"))
                .header("Referer", "https://sync.example.vn" + page));
        assertEquals(403, answer.statusCode());
        assertTrue(answer.body().contains("<a href=\"" + page + "\">"), answer.body());
        assertTrue(answer.body().contains("name=\"to\" value=\"" + page + "\""), answer.body());
        assertFalse(answer.body().contains(act), answer.body());
    }

    @Test
    void a_login_ends_with_its_user_and_with_its_password() throws Exception {
        String cookie = logIn("đi");
        assertEquals(200, get("/", cookie).statusCode());
        String before = Files.readString(users);
        users(before.replace("đi:viewer:", "đi:operator:"));
        Await.until("the role is the file's", () -> get("/import", cookie).statusCode() != 403);
        users(before.replaceFirst("đi:viewer:.*\n", ""));
        Await.until("the login is over", () -> get("/", cookie).statusCode() == 303);
        users(before);
    }

    /** At once, as an editor and Kubernetes do. */
    private static void users(String text) throws IOException {
        Path whole = Files.writeString(folder.resolve("users-new"), text);
        Files.move(whole, users, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void a_login_ends_with_its_user_also_beside_a_mistyped_line_and_with_the_last_user() throws Exception {
        String before = Files.readString(users);
        String cookie = logIn("đi");
        try {
            users(before.replaceFirst("đi:viewer:.*\n", "") + "hoa:opeartor:x\n");
            Await.until("the login is over", () -> get("/", cookie).statusCode() == 303);
            assertEquals(401, logIn("đi", PASSWORD).statusCode());
            assertEquals(200, get("/", operator).statusCode());
            String page = get("/tokens", admin).body();
            assertTrue(page.contains("has in line 4 no name:role:hash"), page);
            users("# nobody\n");
            Await.until("nobody is in", () -> get("/", operator).statusCode() == 303);
        } finally {
            users(before);
        }
        Await.until("all are in again", () -> get("/", operator).statusCode() == 200);
        assertFalse(get("/tokens", admin).body().contains("has in line"));
        RIG.database.execute("DELETE FROM alohub.login_failure");
    }

    @Test
    void a_changed_or_foreign_cookie_is_nobody() throws Exception {
        String changed = operator.substring(0, operator.length() - 2) + (operator.endsWith("A") ? "B" : "A");
        for (String cookie : List.of(
                changed,
                "__Host-alohub-session=",
                "__Host-alohub-session=abc",
                "__Host-alohub-session=" + "A".repeat(3000))) {
            assertEquals(303, get("/", cookie).statusCode(), cookie);
        }
    }

    @Test
    void wrong_passwords_are_slowed_down_and_say_nothing_about_the_user() throws Exception {
        HttpResponse<String> known = logIn("xem", "sai mật khẩu");
        HttpResponse<String> unknown = logIn("ai-do", "sai mật khẩu");
        assertEquals(401, known.statusCode());
        assertEquals(401, unknown.statusCode());
        assertEquals(
                known.body().replace("xem", "ai-do").length(), unknown.body().length(), 40);
        HttpResponse<String> last = known;
        for (int i = 0; i < 8 && last.statusCode() == 401; i++) {
            last = logIn("bi-khoa", "sai " + i);
        }
        assertEquals(429, last.statusCode());
        assertTrue(last.headers().firstValue("Retry-After").isPresent());
        RIG.database.execute("DELETE FROM alohub.login_failure");
    }

    @Test
    void headers_of_a_proxy_count_from_its_own_address_alone() throws Exception {
        HttpResponse<String> answer = send(request("/")
                .header("X-Forwarded-User", "boss")
                .header("X-Forwarded-Groups", "alohub-admin")
                .header("X-Forwarded-For", "127.0.0.2"));
        assertEquals(303, answer.statusCode());
        String page = proxied("/tokens", "bình boss", "staff, alohub-admin");
        assertTrue(
                page.startsWith("HTTP/1.1 200") && page.contains("bình boss"),
                page.lines().findFirst().orElse(""));
    }

    @Test
    void headers_of_the_proxy_count_only_if_each_is_there_once_and_sound() throws Exception {
        for (String headers : List.of(
                "X-Forwarded-User: boss\r\nX-Forwarded-User: lan\r\nX-Forwarded-Groups: alohub-admin",
                "X-Forwarded-User: boss\r\nX-Forwarded-Groups: alohub-viewer\r\nX-Forwarded-Groups: alohub-admin",
                "X-Forwarded-User: boss\r\nX-Forwarded-Groups: ",
                "X-Forwarded-User: boss\r\nX-Forwarded-Groups: staff",
                "X-Forwarded-User: \r\nX-Forwarded-Groups: alohub-admin",
                "X-Forwarded-Groups: alohub-admin",
                "X-Forwarded-User: bo\u0001ss\r\nX-Forwarded-Groups: alohub-admin")) {
            String answer = proxied("/tokens", headers);
            assertTrue(answer.matches("(?s)HTTP/1.1 (303|400) .*"), headers + "\n" + answer);
        }
        String cookie = "\r\nCookie: " + viewer;
        assertTrue(proxied("/tokens", "X-Forwarded-User: boss\r\nX-Forwarded-Groups: alohub-admin" + cookie)
                .startsWith("HTTP/1.1 200 "));
        assertTrue(raw("GET /tokens HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-User: boss\r\n"
                        + "X-Forwarded-Groups: alohub-admin" + cookie + "\r\n\r\n")
                .startsWith("HTTP/1.1 403 "));
    }

    /** @return the answer to a request that comes from the trusted proxy's address, with its head */
    private static String proxied(String path, String name, String groups) throws IOException {
        return proxied(path, "X-Forwarded-User: " + name + "\r\nX-Forwarded-Groups: " + groups);
    }

    private static String proxied(String path, String headers) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.2", 0));
            socket.connect(new InetSocketAddress("127.0.0.1", daemon.port()));
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: console\r\nConnection: close\r\n" + headers
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A user of the file, one of the proxy and a token may have one name. */
    @Test
    void the_audit_tells_apart_who_came_by_which_way() throws Exception {
        long customer = delivered("0912345031", "Phan Thị Hai Mốt");
        String path = "/customers/" + customer + "?show=true";
        assertTrue(get(path, operator).body().contains("Hai Mốt"));
        assertTrue(proxied(path, "lan", "alohub-operator").contains("Hai Mốt"));
        assertEquals(
                200,
                send(request("/api/v1/customers/" + customer)
                                .header("Authorization", "Bearer " + issued("lan", "operator")))
                        .statusCode());
        RIG.database.execute("SELECT alohub.hold('0912345031')");
        String acts =
                "SELECT coalesce(person, 'SQL') || ' ' || coalesce(way, '-') FROM alohub.audit WHERE customer_id = ";
        assertEquals(
                List.of("lan FILE", "lan PROXY", "lan TOKEN", "SQL -"),
                RIG.database.column(acts + customer + " ORDER BY id"));
        String api = get("/api/v1/activity?person=lan&act=UNMASK", operator).body();
        for (String way : List.of("FILE", "PROXY", "TOKEN")) {
            assertTrue(api.contains("\"who\":\"lan\",\"way\":\"" + way + "\""), api);
        }
        String page = get("/activity?person=lan&act=UNMASK", operator).body();
        for (String way : List.of("mật khẩu", "proxy", "token API")) {
            assertTrue(page.contains("lan <span class=\"soft\">" + way + "</span>"), page);
        }
        assertTrue(get("/customers/" + customer, operator).body().contains("lan (proxy)"));
    }

    /** Each of its customers has an entry of its own, which another replica may write. */
    @Test
    void the_acts_of_a_group_have_the_way_of_the_person_who_started_it() throws Exception {
        RIG.alohub.behave(call ->
                call.phone().equals("0912345032") ? Reply.error(422, "INVALID", "sai định dạng") : Reply.success());
        long row =
                number("INSERT INTO alohub.customer_outbox (phone, source) VALUES ('0912345032', 'way') RETURNING id");
        RIG.awaitStatus(row, "DEAD");
        RIG.alohub.behave(call -> Reply.success());
        String group = "/problems/" + new ProblemKey(ProblemKey.Kind.FAILURE, "default", "REFUSED.422", "way").text();
        String once = UUID.randomUUID().toString();
        assertEquals(303, act(group + "/hold", operator, Map.of("once", once)).statusCode());
        Await.until(
                "the group is held",
                () -> RIG.database
                        .column(
                                "SELECT act || ' ' || way FROM alohub.audit WHERE bulk_action IS NOT NULL AND person = 'lan'"
                                        + " AND bulk_action = (SELECT id::text FROM alohub.bulk_action WHERE client_key = '"
                                        + once + "') ORDER BY id")
                        .equals(List.of("BULK_STARTED FILE", "HOLD FILE", "BULK_ENDED FILE")));
        String hold = "/problems/actions/"
                + RIG.database.one("SELECT id FROM alohub.bulk_action WHERE client_key = '" + once + "'");
        assertTrue(get(hold, operator).body().contains("Thôi giữ tất cả"));
        assertFalse(get(hold, viewer).body().contains("Thôi giữ tất cả"));
        HttpResponse<String> released = act(
                hold + "/release", operator, Map.of("once", UUID.randomUUID().toString()));
        String release = released.headers().firstValue("Location").orElseThrow();
        Await.until("it is released", () -> get(release, operator).body().contains("đã thôi giữ"));
        assertTrue(get(release, operator).body().contains("href=\"" + hold + "\""));
        assertFalse(get(release, operator).body().contains("Thôi giữ tất cả"));
    }

    @Test
    void a_token_is_shown_once_works_until_it_is_revoked_and_is_stored_nowhere() throws Exception {
        String page = issue("báo cáo", "viewer", "30").body();
        Matcher token = TOKEN.matcher(page);
        assertTrue(token.find());
        assertFalse(get("/tokens", admin).body().contains(token.group()));
        assertFalse(RIG.database
                .column("SELECT t::text FROM alohub.api_token t")
                .toString()
                .contains(token.group()));
        HttpRequest.Builder asks = request("/problems").header("Authorization", "Bearer " + token.group());
        assertEquals(200, send(asks).statusCode());
        String madeUp = "Bearer alohub_" + "A".repeat(43);
        assertEquals(
                401, send(request("/problems").header("Authorization", madeUp)).statusCode());
        assertEquals(
                401,
                send(request("/problems").header("Authorization", "Bearer " + token.group() + "x"))
                        .statusCode());
        long id = number("SELECT id FROM alohub.api_token ORDER BY id DESC LIMIT 1");
        for (int i = 0; i < 2; i++) { // a form that was sent twice
            assertEquals(303, act("/tokens/" + id + "/revoke", admin, Map.of()).statusCode());
        }
        assertEquals(404, act("/tokens/999999/revoke", admin, Map.of()).statusCode());
        assertEquals("1", RIG.database.one("SELECT count(*) FROM alohub.audit WHERE act = 'TOKEN_REVOKED'"));
        assertEquals(401, send(asks).statusCode());
        assertEquals(400, issue("x", "admin", "30").statusCode());
        assertEquals(400, issue("x", "viewer", "4000").statusCode());
    }

    @Test
    void a_form_that_is_sent_twice_issues_one_token_and_both_answers_show_it() throws Exception {
        Map<String, String> form = tokenForm("hai lần", "viewer", "30");
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 4)
                .mapToObj(i ->
                        HTTP.sendAsync(posted("/tokens", admin, form).build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        Set<String> shown = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            Matcher token = TOKEN.matcher(answer.get().body());
            assertTrue(token.find(), answer.get().body());
            shown.add(token.group());
        }
        assertEquals(1, shown.size());
        assertEquals("1", RIG.database.one("SELECT count(*) FROM alohub.api_token WHERE name = 'hai lần'"));
        assertEquals(
                "1",
                RIG.database.one(
                        "SELECT count(*) FROM alohub.audit WHERE act = 'TOKEN_ISSUED' AND reason LIKE 'hai lần%'"));
        HttpRequest.Builder asks = request("/problems")
                .header("Authorization", "Bearer " + shown.iterator().next());
        assertEquals(200, send(asks).statusCode());
        RIG.database.execute(
                "UPDATE alohub.api_token SET created_at = now() - interval '2 minutes' WHERE name = 'hai lần'");
        HttpResponse<String> later = send(posted("/tokens", admin, form));
        assertEquals(409, later.statusCode());
        assertFalse(TOKEN.matcher(later.body()).find(), "a token is shown when it is issued, and not by going back");
        assertEquals("1", RIG.database.one("SELECT count(*) FROM alohub.api_token WHERE name = 'hai lần'"));
        assertNotEquals(issued("hai lần", "viewer"), shown.iterator().next(), "of another form");
        form.remove("once");
        assertEquals(400, send(posted("/tokens", admin, form)).statusCode());
    }

    @Test
    void the_api_reads_for_a_login_and_acts_for_a_token_alone() throws Exception {
        long customer = delivered("0912345008", "Hồ Văn Tám");
        String path = "/api/v1/customers/" + customer;
        HttpResponse<String> read = get(path, operator);
        assertEquals(200, read.statusCode());
        assertTrue(read.body().contains("Hồ Văn Tám"), read.body());
        assertFalse(get(path, viewer).body().contains("Hồ Văn Tám"));
        HttpRequest.Builder hold = request(path + "/hold")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"thử\"}"));
        assertEquals(401, send(hold.copy().header("Cookie", operator)).statusCode());
        String token = issued("tích hợp", "operator");
        HttpResponse<String> held = send(hold.copy().header("Authorization", "Bearer " + token));
        assertEquals(200, held.statusCode(), held.body());
        assertEquals(
                "tích hợp thử",
                RIG.database.one(
                        "SELECT person || ' ' || reason FROM alohub.audit WHERE act = 'HOLD' AND customer_id = "
                                + customer));
    }

    @Test
    void an_address_or_method_that_the_api_does_not_have_is_a_problem_with_its_remedy() throws Exception {
        for (HttpRequest.Builder request : List.of(
                request("/api/v1/nowhere"), request("/api/v1/customers/1").DELETE())) {
            HttpResponse<String> answer = send(
                    request.header("Authorization", "Bearer " + operatorToken).header("Accept-Language", "vi"));
            assertTrue(answer.statusCode() == 404 || answer.statusCode() == 405, answer.body());
            for (String field : List.of("title", "status", "detail", "error_code", "remedy")) {
                assertTrue(answer.body().contains("\"" + field + "\":"), answer.body());
            }
            assertTrue(answer.body().contains("ịa chỉ"), answer.body());
            assertFalse(answer.body().contains("can't be read"), answer.body());
        }
    }

    /** No resource has seen it, and so none has chosen the language. */
    @Test
    void what_is_refused_before_it_is_read_is_in_the_readers_language() throws Exception {
        String length = "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        for (String begin : List.of(
                "POST /api/v1/customers/1/hold HTTP/1.1\r\nHost: x\r\n%s" + length,
                "GET /api;x/v1/overview HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n")) {
            String english = raw(begin.formatted(""));
            assertTrue(english.matches("(?s)HTTP/1.1 4(11|04) .*"), english);
            assertFalse(english.contains("Hãy"), english);
            String vietnamese = raw(begin.formatted("Accept-Language: vi-VN,en\r\n"));
            assertTrue(vietnamese.contains("\"remedy\":\"Hãy "), vietnamese);
            assertTrue(vietnamese.contains("\"detail\":\"") && !vietnamese.contains("The "), vietnamese);
            assertEquals(begin.startsWith("GET"), vietnamese.contains("\"success\""), vietnamese);
        }
    }

    /** The router refuses it before any filter. */
    @Test
    void a_host_that_can_not_be_read_has_a_clear_answer() throws Exception {
        for (String path : List.of("/api/v1/overview", "/api/crm/lead", "/login", "/")) {
            for (String host : List.of("Host: a\"b\r\n", "Host: a:99999\r\n", "")) {
                String answer = raw("GET " + path + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
                assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
                assertTrue(answer.contains("The header Host is missing or can't be read."), answer);
                assertTrue(answer.contains("frame-ancestors 'none'"), answer);
                assertTrue(answer.contains("Send it once"), answer);
                assertFalse(answer.contains("Error id") || answer.contains("<script"), answer);
                assertEquals(path.startsWith("/api/"), answer.contains("application/problem+json"), answer);
                assertEquals(path.startsWith("/api/crm/"), answer.contains("\"success\":\"0\""), answer);
                String vietnamese = raw("GET " + path + " HTTP/1.1\r\n" + host
                        + "Accept-Language: en;q=0.5, vi\r\nConnection: close\r\n\r\n");
                assertTrue(vietnamese.contains("Header Host bị thiếu"), vietnamese);
            }
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", daemon.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Else a file that was cut anywhere would look whole. */
    @Test
    void an_export_that_breaks_off_ends_without_its_last_chunk() throws Exception {
        RIG.database.execute("INSERT INTO alohub.customer_outbox (phone, name, source)"
                + " SELECT 'không số', repeat('dài ', 60), 'xuất dở' FROM generate_series(1, 20000)");
        String rejected = "SELECT count(*) FROM alohub.outbox_status WHERE source = 'xuất dở' AND status = 'REJECTED'";
        Await.until("they are rejected", () -> number(rejected) == 20_000);
        String group = new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.no-digits", "xuất dở").text();
        try (Socket socket = new Socket();
                Connection locker = RIG.database.dataSource().getConnection()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("127.0.0.1", daemon.port()));
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET /problems/" + group + "/export HTTP/1.1\r\nHost: localhost\r\nCookie: " + operator
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            byte[] begin = socket.getInputStream().readNBytes(4096);
            assertTrue(new String(begin, StandardCharsets.UTF_8).startsWith("HTTP/1.1 200 "));
            locker.setAutoCommit(false);
            locker.createStatement().execute("LOCK TABLE alohub.customer_outbox");
            String rest = new String(untilItEnds(socket), StandardCharsets.UTF_8);
            locker.rollback();
            assertTrue(rest.lines().count() < 19_000, rest.lines().count() + " lines: nothing broke off");
            assertFalse(
                    rest.endsWith("\r\n0\r\n\r\n"),
                    () -> "a regular end, behind " + rest.substring(Math.max(0, rest.length() - 300)));
        } finally {
            RIG.database.execute("DELETE FROM alohub.customer_outbox WHERE source = 'xuất dở'");
        }
    }

    /** A reset is an end too. */
    private static byte[] untilItEnds(Socket socket) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            return all.toByteArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return all.toByteArray();
    }

    @Test
    void the_api_has_an_accounts_limits_and_the_age_of_its_key_and_never_the_key() throws Exception {
        for (String path : List.of("/api/v1/accounts", "/api/v1/accounts/default")) {
            String account = send(request(path).header("Authorization", "Bearer " + viewerToken))
                    .body();
            assertTrue(
                    account.contains("\"limits\":{\"base_url\":\"" + RIG.alohub.url()
                            + "\",\"concurrency\":64,\"rate\":null,\"key_since\":\"20"),
                    account);
            assertTrue(account.contains("\"key_in_file\":false"), account);
            assertFalse(account.contains(Simulator.KEY), account);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void each_answer_of_the_api_has_the_fields_of_its_example() throws Exception {
        Route.Values real = real(delivered("0912345025", "Mai Thị Bảy"));
        RIG.awaitStatus(
                number("INSERT INTO alohub.customer_outbox (phone, source) VALUES ('abc', 'mẫu') RETURNING id"),
                "REJECTED");
        String rejected = new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.letters", "mẫu").text();
        Map<String, Map<String, Map<String, Object>>> paths = (Map<String, Map<String, Map<String, Object>>>)
                ((Map<String, Object>) new Yaml().load(Files.readString(Path.of("docs/openapi-operations.yaml"))))
                        .get("paths");
        List<String> wrong = new ArrayList<>();
        for (String template : paths.keySet()) {
            Map<String, Object> get = paths.get(template).get("get");
            Object example = get == null ? null : json(get).get("example");
            if (example == null) {
                continue;
            }
            String id = template.startsWith("/api/v1/customers")
                    ? real.customer()
                    : template.startsWith("/api/v1/imports") ? real.upload() : real.action();
            String path = template.replace("{id}", id)
                    .replace("{account}", "default")
                    .replace("{group}", template.endsWith("/customers") ? real.group() : rejected);
            HttpResponse<String> answer = send(request(path).header("Authorization", "Bearer " + operatorToken));
            assertEquals(200, answer.statusCode(), path);
            compare(template, example, new ObjectMapper().readValue(answer.body(), Object.class), wrong);
        }
        assertEquals(List.of(), wrong);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(Map<String, Object> operation) {
        Map<String, Object> answer = ((Map<String, Map<String, Object>>) operation.get("responses")).get("200");
        return ((Map<String, Map<String, Object>>) answer.get("content")).getOrDefault("application/json", Map.of());
    }

    /** What is null or empty in one of the two says nothing. */
    private static void compare(String where, Object example, Object answer, List<String> wrong) {
        if (example instanceof Map<?, ?> fields && answer instanceof Map<?, ?> others) {
            if (!fields.keySet().equals(others.keySet())) {
                wrong.add(where + ": " + fields.keySet() + ", not " + others.keySet());
            }
            fields.forEach((name, value) -> compare(where + " " + name, value, others.get(name), wrong));
        } else if (example instanceof List<?> all && answer instanceof List<?> others) {
            if (!all.isEmpty() && !others.isEmpty()) {
                compare(where, all.getFirst(), others.getFirst(), wrong);
            }
        } else if (example != null && answer != null && (answer instanceof Map || example instanceof Map)) {
            wrong.add(where + ": " + example + ", not " + answer);
        }
    }

    @Test
    void the_api_serves_its_contract() throws Exception {
        HttpResponse<String> contract =
                send(request("/api/v1/openapi.yaml").header("Authorization", "Bearer " + viewerToken));
        assertEquals(200, contract.statusCode());
        assertEquals(Files.readString(Path.of("docs/openapi-operations.yaml")), contract.body());
    }

    @Test
    void a_group_of_failures_is_sent_again_behind_a_canary() throws Exception {
        RIG.alohub.behave(call ->
                call.phone().startsWith("0912399") ? Reply.error(422, "INVALID", "sai định dạng") : Reply.success());
        RIG.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, source) SELECT '09123990' || lpad(i::text, 2, '0'),"
                        + " 'Khách ' || i, 'nhóm' FROM generate_series(1, 15) i");
        delivered("0912345010", "Người Khác"); // between the refusals: they are the customers' own
        Await.until(
                "they are dead", () -> 15 == number("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'"));
        String problems = get("/problems", operator).body();
        Matcher group = Pattern.compile("/problems/([A-Za-z0-9_-]{20,})").matcher(problems);
        assertTrue(group.find());
        assertTrue(problems.contains("REFUSED.422"));
        String csv = get("/problems/" + group.group(1) + "/export", operator).body();
        assertEquals(16, csv.lines().count(), csv);
        assertEquals(403, get("/problems/" + group.group(1) + "/export", viewer).statusCode());
        RIG.alohub.behave(call -> Reply.success());
        String preview = get("/problems/" + group.group(1) + "/retry", operator).body();
        assertTrue(preview.contains("15"));
        assertEquals(
                400,
                act("/problems/" + group.group(1) + "/retry", operator, Map.of())
                        .statusCode(),
                "a form that names no action");
        Matcher once = Pattern.compile("name=\"once\" value=\"([^\"]+)\"").matcher(preview);
        assertTrue(once.find());
        HttpResponse<String> started =
                act("/problems/" + group.group(1) + "/retry", operator, Map.of("once", once.group(1)));
        assertEquals(303, started.statusCode());
        HttpResponse<String> again =
                act("/problems/" + group.group(1) + "/retry", operator, Map.of("once", once.group(1)));
        assertEquals(started.headers().firstValue("Location"), again.headers().firstValue("Location"));
        String action = URI.create(started.headers().firstValue("Location").orElseThrow())
                .getPath();
        Await.until("all are sent", () -> get(action, operator).body().contains("15 / 15"));
        Await.until(
                "all are delivered",
                () -> 0
                        == number(
                                "SELECT count(*) FROM alohub.sync_status WHERE status <> 'DELIVERED' AND phone LIKE '+84912399%'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/customers?status=NOPE",
                "/customers?by=x",
                "/customers?cursor=junk",
                "/customers?q=%00",
                "/customers/99999999999999999999",
                "/customers/-1",
                "/customers/0x1",
                "/problems/zzz",
                "/problems/actions/1",
                "/activity?act=x",
                "/activity?cursor=%F0%9F%98%80",
                "/calls?result=x",
                "/calls?cursor=%F0%9F%98%80",
                "/customers?q=" + "a%CC%81%CC%82",
                "/nothing",
                "/customers/1/retry",
                "/customers?account=%27%20OR%201=1"
            })
    void junk_in_an_address_has_a_clear_answer(String path) throws Exception {
        HttpResponse<String> answer = get(path, operator);
        assertTrue(List.of(200, 400, 404, 405).contains(answer.statusCode()), path + ": " + answer.statusCode());
        assertFalse(answer.body().contains("Exception") || answer.body().contains("java."), path);
    }

    @Test
    void a_form_or_an_address_that_can_not_be_read_is_no_fault_of_the_program() throws Exception {
        long faults = faults();
        String type = "application/x-www-form-urlencoded";
        for (String form : List.of(
                type + "\r\n\r\nname=%zz&password=x",
                type + "; charset=nosuch\r\n\r\nname=%41",
                type + "\r\n\r\n" + "a=&".repeat(2_000))) {
            String[] parts = form.split("\r\n\r\n");
            String answer = raw("POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                    + parts[1].length() + "\r\nContent-Type: " + form);
            assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.contains("Không đọc được yêu cầu này"), answer);
        }
        for (String query : List.of("q=100%", "q=%zz", "account=%", "cursor=%c3%28%")) {
            assertAddressRefused("/customers?" + query, "viết mỗi ký tự % thành %25");
            assertAddressRefused("/api/v1/customers?" + query, "Write each % in it as %25");
        }
        assertEquals(faults, faults());
    }

    private static void assertAddressRefused(String address, String remedy) throws IOException {
        String answer = raw("GET " + address + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer " + operatorToken + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.contains(remedy), address + "\n" + answer);
    }

    private static long faults() {
        return daemon.output().stream().filter(line -> line.contains(" ERROR ")).count();
    }

    @Test
    void a_correction_with_a_damaged_revision_keeps_what_was_typed_and_names_the_field() throws Exception {
        long customer = delivered("0912345024", "Mai Thị Năm");
        HttpResponse<String> declined =
                act("/customers/" + customer + "/correct", operator, Map.of("name", "Mai Thị Sáu", "revision", "abc"));
        assertEquals(400, declined.statusCode());
        assertTrue(declined.body().contains("value=\"Mai Thị Sáu\""), declined.body());
        assertTrue(declined.body().contains("giá trị của revision."), declined.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/activity?each=maybe, each, FIELD_INVALID",
        "/api/v1/activity?act=x, act, FIELD_INVALID",
        "/api/v1/calls?result=x, result, FIELD_INVALID",
        "/api/v1/calls?since=x, since, FIELD_INVALID",
        "/api/v1/calls?limit=x, limit, PAGE_SIZE",
        "/api/v1/customers?by=x, by, FIELD_INVALID",
        "/api/v1/customers?status=x, status, FIELD_INVALID",
        "/api/v1/overview?zone=x, zone, FIELD_INVALID",
        "/api/v1/problems/rejected?since=x, since, FIELD_INVALID",
        "/api/v1/customers/x, id, FIELD_INVALID",
        "/api/v1/bulk-actions?cursor=00000000-0000-4000-8000-000000000000, cursor, CURSOR",
        "/api/v1/imports?cursor=00000000-0000-4000-8000-000000000000, cursor, CURSOR",
        "/api/v1/imports?cursor=x, cursor, CURSOR",
        "/api/v1/activity?cursor=x, cursor, CURSOR",
        "/activity?each=maybe, each, 400",
        "/activity?act=x, act, 400",
        "/calls?today=1, today, 400",
        "/problems/slow?today=1, today, 400",
        "/login?ended=yes, ended, 400",
        "/calls?result=x, result, 400",
        "/problems/rejected?show=yes, show, 400",
        "/customers?show=yes, show, 400",
        "/customers?status=NOPE, status, 400"
    })
    void a_parameter_that_can_not_be_read_is_named(String path, String field, String code) throws Exception {
        boolean isApi = path.startsWith("/api/");
        HttpResponse<String> answer = send(
                isApi
                        ? request(path).header("Authorization", "Bearer " + operatorToken)
                        : request(path).header("Cookie", operator));
        assertEquals(400, answer.statusCode(), answer.body());
        String named = isApi ? "\"field\":\"" + field + "\"" : "giá trị của " + field + ".";
        assertTrue(answer.body().contains(named), answer.body());
        assertTrue(!isApi || answer.body().contains("\"" + code + "\""), answer.body());
    }

    @Test
    void no_link_of_a_page_leads_to_another_host_however_its_path_is_spelt() throws Exception {
        RIG.awaitStatus(
                number("INSERT INTO alohub.customer_outbox (phone, source) VALUES ('abc', 'hai gạch') RETURNING id"),
                "REJECTED");
        Matcher key = Pattern.compile("/problems/([A-Za-z0-9_-]{20,})")
                .matcher(get("/problems", operator).body());
        assertTrue(key.find());
        String group = key.group(1);
        for (String path : List.of("//evil.example/x", "//customers", "//problems/" + group, "///evil.example")) {
            for (String cookie : List.of("a=b", operator)) {
                HttpResponse<String> page = get(path, cookie);
                assertFalse(
                        Pattern.compile("(href|action|value|src)=\"[/\\\\]{2}")
                                .matcher(page.body())
                                .find(),
                        () -> path + "\n" + page.body());
                assertFalse(page.headers().firstValue("Location").orElse("/").startsWith("//"), path);
            }
        }
        String absolute = raw("GET http://evil.example/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertFalse(absolute.contains("=\"http://evil"), absolute);
    }

    @Test
    void a_single_sign_on_that_is_not_set_up_is_no_page() throws Exception {
        for (String path : List.of("/login/sso", "/login/sso/", "/login/sso?state=x&code=y")) {
            for (String cookie : List.of("a=b", operator)) {
                HttpResponse<String> answer = get(path, cookie);
                assertEquals(404, answer.statusCode(), path);
                assertTrue(answer.body().contains("<html"), answer.body());
            }
        }
    }

    @Test
    void the_language_is_the_readers_choice() throws Exception {
        assertTrue(get("/", operator).body().contains("lang=\"vi\""));
        assertTrue(get("/", operator + "; alohub-language=en").body().contains("<html lang=\"en\">"));
    }

    @Test
    void fifty_people_look_at_a_time_within_the_shipped_heap() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> HTTP.sendAsync(
                            request(i % 2 == 0 ? "/" : "/customers")
                                    .header("Cookie", operator)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .toList();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                HttpResponse<String> page = answer.join();
                assertTrue(
                        List.of(200, 503).contains(page.statusCode()),
                        () -> page.statusCode() + " " + page.headers().map() + page.body());
            }
        }
        assertTrue(daemon.isAlive());
        assertEquals(200, get("/", operator).statusCode());
        assertTrue(
                number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name ="
                                + " 'alohub-sync console'")
                        <= 4);
    }

    /** More than one second's pace: those above it wait, and are then answered in one go. */
    @Test
    void requests_that_waited_for_their_turn_are_answered_as_the_person_who_sent_each() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> HTTP.sendAsync(
                            request("/activity")
                                    .header("Cookie", i % 2 == 0 ? viewer : operator)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .toList();
            HttpResponse<String> act = send(
                    posted("/language", viewer, Map.of("proof", viewerProof, "language", "en", "to", "/accounts")));
            assertEquals(303, act.statusCode(), "a form that waited is read");
            assertTrue(act.headers().firstValue("Location").orElseThrow().endsWith("/accounts"));
            for (int i = 0; i < answers.size(); i++) {
                HttpResponse<String> page = answers.get(i).join();
                assertTrue(List.of(200, 503).contains(page.statusCode()), page::body);
                if (page.statusCode() == 200) {
                    assertTrue(page.body().contains("<span class=\"person\">" + (i % 2 == 0 ? "xem" : "lan") + "<"));
                }
            }
        }
    }

    @Test
    void fields_with_megabytes_do_not_harm_a_page() throws Exception {
        RIG.database.execute("INSERT INTO alohub.customer_outbox (phone, name, source, source_ref, account)"
                + " SELECT 'Hạnh ' || i, 'Hạnh', 'Hạnh', wide, left(wide, 100)"
                + " FROM generate_series(1, 3) i, repeat('Hạnh ', 4000000) wide");
        Await.until(
                "they are rejected",
                () -> 3
                        == number("SELECT count(*) FROM alohub.customer_outbox WHERE merge_status = 'REJECTED'"
                                + " AND source = 'Hạnh'"));
        for (String path : List.of("/", "/problems")) {
            HttpResponse<String> page = get(path, operator);
            assertEquals(200, page.statusCode());
            assertTrue(page.body().length() < 200_000, path);
        }
        Matcher group = Pattern.compile("/problems/([A-Za-z0-9_-]{20,})")
                .matcher(get("/problems", operator).body());
        while (group.find()) {
            HttpResponse<String> page = get("/problems/" + group.group(1) + "?show=true", operator);
            assertEquals(200, page.statusCode());
            assertTrue(page.body().length() < 400_000, path(page));
        }
    }

    private static String path(HttpResponse<String> answer) {
        return answer.uri().getPath();
    }

    @Test
    void the_calls_of_today_are_in_the_list_that_the_overview_leads_to() throws Exception {
        long customer = delivered("0868793855", "Bằng");
        Matcher link = Pattern.compile("href=\"(/calls\\?account=default&amp;result=ACCEPTED&amp;today=true)\"")
                .matcher(get("/", viewer)
                        .body()
                        .replace("&result", "&amp;result")
                        .replace("&today", "&amp;today"));
        assertTrue(link.find());
        String page = get(link.group(1).replace("&amp;", "&"), viewer).body();
        assertTrue(page.contains("href=\"/customers/" + customer + "\">•••855<"), page);
        assertFalse(get("/calls?result=FAILED&today=true", operator).body().contains("/customers/" + customer + "\""));
        assertTrue(get("/api/v1/calls?result=accepted&since=2020-01-01T00:00:00Z", operator)
                .body()
                .contains("\"customer_id\":" + customer + ","));
        for (String since : List.of("yesterday", "+999999999-01-01T00:00:00Z", "2026-11-27")) {
            assertEquals(
                    400,
                    get("/api/v1/calls?since=" + since.replace("+", "%2B"), operator)
                            .statusCode(),
                    since);
        }
    }

    @Test
    void the_rejected_rows_of_today_are_in_the_list_that_the_overview_leads_to_and_no_others() throws Exception {
        for (String row : List.of(
                "'12', 'ngắn', 'form', 'TODAY-1', 'default'",
                "'08687938OO', 'chữ', 'erp', 'TODAY-2', 'default'",
                "'xyz', 'chữ', 'form', 'YESTERDAY', 'default'",
                "'0868793866', 'lạ', 'form', 'ELSEWHERE', 'nowhere'")) {
            long id = number("INSERT INTO alohub.customer_outbox (phone, name, source, source_ref, account) VALUES ("
                    + row + ") RETURNING id");
            RIG.awaitStatus(id, "REJECTED");
        }
        RIG.database.execute(
                "UPDATE alohub.customer_outbox SET merged_at = now() - interval '1 day' WHERE source_ref = 'YESTERDAY'");
        String overview = get("/", viewer).body();
        Matcher figure = Pattern.compile("href=\"([^\"]+)\"><b>([0-9.]+)</b><span>dòng bị từ chối hôm nay")
                .matcher(overview);
        assertTrue(figure.find(), overview);
        String list = get(figure.group(1) + "&show=true", operator).body();
        long count = Long.parseLong(figure.group(2));
        assertEquals(
                number(
                        "SELECT count(*) FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' AND account = 'default'"
                                + " AND merged_at > now() - interval '1 hour'"),
                count);
        assertEquals(
                count,
                Pattern.compile("<tr><td class=\"n\">").matcher(list).results().count(),
                list);
        assertTrue(list.contains("TODAY-1") && list.contains("TODAY-2"), list);
        assertFalse(list.contains("YESTERDAY") || list.contains("ELSEWHERE"), list);
        Matcher unknown =
                Pattern.compile("([0-9]+) dòng[^<]*<a href=\"([^\"]+)\"").matcher(overview);
        assertTrue(unknown.find(), overview);
        String elsewhere = get(unknown.group(2) + "&show=true", operator).body();
        assertEquals(
                Long.parseLong(unknown.group(1)),
                Pattern.compile("<tr><td class=\"n\">")
                        .matcher(elsewhere)
                        .results()
                        .count(),
                elsewhere);
        assertTrue(elsewhere.contains("ELSEWHERE"), elsewhere);
        assertFalse(get(figure.group(1) + "&show=true", viewer).body().contains("TODAY-1"));
        String api = "/api/v1/problems/rejected?account=default&since=";
        String since = number("SELECT extract(year FROM now())") - 1 + "-01-01T00:00:00Z";
        assertTrue(get(api + since, operator).body().contains("YESTERDAY"));
        assertFalse(get(api + since, operator).body().contains("ELSEWHERE"));
        assertEquals(400, get(api + "today", operator).statusCode());
    }

    @Test
    void a_database_that_does_not_answer_gives_a_page_that_says_so_within_two_seconds() throws Exception {
        try (Connection connection = RIG.database.dataSource().getConnection();
                Statement locks = connection.createStatement()) {
            connection.setAutoCommit(false);
            locks.execute("LOCK TABLE alohub.status_count IN ACCESS EXCLUSIVE MODE");
            long begun = System.nanoTime();
            HttpResponse<String> answer = get("/", operator);
            assertTrue(System.nanoTime() - begun < 2_500_000_000L);
            assertEquals(503, answer.statusCode());
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            assertTrue(answer.body().contains("Cơ sở dữ liệu không trả lời kịp"), answer.body());
            connection.rollback();
        }
        Await.until("the page is there again", () -> get("/", operator).statusCode() == 200);
    }

    @Test
    void a_log_out_ends_the_login_also_where_its_cookie_was_copied_to() throws Exception {
        String cookie = logIn("xem");
        HttpResponse<String> answer = act("/logout", cookie, Map.of());
        assertEquals(303, answer.statusCode());
        String ended = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(ended.contains("Max-Age=0"), ended);
        assertEquals(303, get("/", cookie).statusCode());
        assertEquals(401, get("/api/v1/overview", cookie).statusCode());
        assertEquals(200, get("/", viewer).statusCode(), "another login of the same person goes on");
        assertNotEquals(0, number("SELECT count(*) FROM alohub.audit WHERE act = 'LOGOUT' AND person = 'xem'"));
    }

    private static String part(String name, String value) {
        return "--bound\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String content) {
        return "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                + content + "\r\n";
    }

    private static HttpResponse<String> upload(String type, byte[] body) throws Exception {
        return send(request("/import")
                .header("Cookie", operator)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<String> upload(String parts) throws Exception {
        return upload(
                "multipart/form-data; boundary=bound", (parts + "--bound--\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String fields() throws Exception {
        return part("proof", proof(operator)) + part("account", "default") + part("source", "hội chợ");
    }

    @Test
    void a_file_is_uploaded_previewed_confirmed_and_imported_and_its_rejected_lines_are_downloaded() throws Exception {
        HttpResponse<String> uploaded =
                upload(fields() + file("SĐT,Họ tên\r\n0912345020,Nhập Tệp\r\n0868-CALL,Hỏng\r\n"));
        assertEquals(303, uploaded.statusCode(), uploaded.body());
        String path = URI.create(uploaded.headers().firstValue("Location").orElseThrow())
                .getPath();
        assertEquals(303, get(path, "a=b").statusCode());
        assertEquals(403, get(path, viewer).statusCode());
        Await.until("the preview is there", () -> get(path, operator).body().contains(path + "/confirm"));
        assertFalse(get(path, operator).body().contains("CALL"));
        assertTrue(get(path, operator).body().contains("name=\"preview\" value=\"1\""));
        assertEquals(
                409,
                act(path + "/confirm", operator, Map.of("preview", "2")).statusCode(),
                "not the one that is there");
        assertEquals(
                303,
                act(path + "/confirm", operator, Map.of("preview", "1", "reason", "hội chợ tháng 5"))
                        .statusCode());
        Await.until("it is imported", () -> get(path, operator).body().contains(path + "/report"));
        HttpResponse<String> report = get(path + "/report", operator);
        assertEquals(
                "text/csv; charset=UTF-8",
                report.headers().firstValue("Content-Type").orElseThrow().replace(";c", "; c"));
        assertTrue(report.body().contains("0868-CALL"), report.body());
        Await.until(
                "it is delivered",
                () -> 1
                        == number(
                                "SELECT count(*) FROM alohub.sync_status WHERE phone = '+84912345020' AND status = 'DELIVERED'"));
        assertEquals(409, act(path + "/cancel", operator, Map.of()).statusCode());
        assertTrue(get("/import", operator).body().contains(path));
    }

    @Test
    void an_upload_that_is_none_gets_a_page_that_says_what_is_wrong_and_leaves_nothing() throws Exception {
        Map<String, Integer> junk = Map.of(
                fields(),
                400,
                fields() + file("SĐT\n") + file("SĐT\n"),
                400,
                fields() + file(""),
                400,
                file("SĐT\n") + fields(),
                403,
                part("proof", proof(viewer)) + part("account", "default") + file("SĐT\n"),
                403,
                part("proof", proof(operator)) + part("account", "nobody") + file("SĐT\n"),
                404,
                fields() + "--bound\r\nContent-Disposition: attachment\r\n\r\nx\r\n",
                400);
        for (Map.Entry<String, Integer> one : junk.entrySet()) {
            HttpResponse<String> answer = upload(one.getKey());
            assertEquals(one.getValue(), answer.statusCode(), one.getKey());
            assertTrue(answer.body().contains("</html>"), one.getKey());
        }
        assertEquals(
                415,
                upload("application/json", "{}".getBytes(StandardCharsets.UTF_8))
                        .statusCode());
        byte[] large = new byte[65 << 20];
        byte[] begin = (fields() + file("").replaceFirst("\r\n$", "")).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(begin, 0, large, 0, begin.length);
        HttpResponse<String> answer = upload("multipart/form-data; boundary=bound", large);
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("64 MB"));
        assertEquals(
                0,
                number(
                        "SELECT count(*) FROM alohub.upload_chunk c JOIN alohub.upload u ON u.id = c.upload_id WHERE u.size > 1000"));
        assertTrue(daemon.isAlive());
    }

    @Test
    void a_form_of_megabytes_is_refused_before_it_is_read_with_and_without_its_length() throws Exception {
        byte[] large = ("name=" + "a".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(large),
                HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))) {
            int status;
            try {
                status = send(request("/login")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(body))
                        .statusCode();
            } catch (IOException closed) {
                status = 413; // it was closed while it was sent
            }
            assertTrue(status == 413 || status == 411, "status " + status);
        }
    }
}
