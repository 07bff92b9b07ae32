package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Npm;
import io.alohubsync.Required;
import io.alohubsync.demo.Daemon;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * People log in at an OpenID provider, npm's oidc-provider as a process of its own, which starts
 * after the daemon.
 */
class SingleSignOnIT {

    private static final Rig RIG = new Rig();

    private static int providerPort;
    private static Daemon daemon;
    private static Process provider;
    private static HttpResponse<String> whileAway;

    @BeforeAll
    static void start() throws Exception {
        int port = freePort();
        providerPort = port;
        daemon = RIG.start(atProvider().with("ALOHUB_CONSOLE_OIDC_SCOPES", "profile,email,groups"));
        RIG.awaitStatus(RIG.database.insert("0868793800", "Nguyễn Thị Thủy", null), "DELIVERED");
        whileAway = new Browser().open(console("/login/sso"));
        provider = Npm.install("oidc")
                .builder(List.of("node", "provider.mjs", String.valueOf(port)))
                .start();
        String first = new BufferedReader(new InputStreamReader(provider.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.equals("ready"))
                .findFirst()
                .orElse("ended");
        Required.toBeThere("node 18 or newer", first.equals("ready"));
    }

    @AfterAll
    static void stop() {
        if (provider != null) {
            provider.destroy();
        }
        RIG.close();
    }

    private static Daemon.Builder atProvider() {
        return RIG.daemon()
                .with("ALOHUB_CONSOLE_OIDC_URL", "http://127.0.0.1:" + providerPort)
                .with("ALOHUB_CONSOLE_OIDC_CLIENT_ID", "console")
                .with("ALOHUB_CONSOLE_OIDC_CLIENT_SECRET", "secret-of-the-console")
                .with("ALOHUB_CONSOLE_ENCRYPTION_KEY", "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static URI console(String path) {
        return URI.create("http://127.0.0.1:" + daemon.port() + path);
    }

    /**
     * The way of a person: the link on the login's page, name and password at the provider, its
     * question, and back.
     */
    private static HttpResponse<String> logIn(Browser browser, String name) throws Exception {
        return logIn(browser, name, "/login/sso");
    }

    private static HttpResponse<String> logIn(Browser browser, String name, String link) throws Exception {
        HttpResponse<String> page = browser.open(console(link));
        page = browser.submit(page, Map.of("prompt", "login", "login", name, "password", "any"));
        return browser.submit(page, Map.of("prompt", "consent"));
    }

    @Test
    void a_provider_that_is_away_is_named_on_a_page_and_hinders_no_delivery() {
        assertEquals(503, whileAway.statusCode(), () -> whileAway.headers() + whileAway.body());
        assertTrue(whileAway.body().contains("<html"), whileAway.body());
        assertTrue(whileAway.body().contains("alohub.console.oidc.url"), whileAway.body());
    }

    @Test
    void a_persons_groups_decide_the_role() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> page = logIn(browser, "lan");
        assertEquals(console("/"), page.uri());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("lan"), page.body());
        assertEquals(200, browser.open(console("/problems")).statusCode());
        assertEquals(403, browser.open(console("/tokens")).statusCode(), "an operator is no admin");
        assertEquals(
                "OIDC",
                RIG.database.one(
                        "SELECT string_agg(DISTINCT way, ' ') FROM alohub.audit WHERE person = 'lan' AND act = 'LOGIN'"));
    }

    /** A link in a mail, for one who has to log in first. */
    @Test
    void a_person_comes_to_the_page_that_was_asked_for() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> login = browser.open(console("/customers?q=nguyen&status=DEAD"));
        Matcher link = Pattern.compile("href=\"(/login/sso[^\"]*)\"").matcher(login.body());
        assertTrue(link.find(), login.body());
        HttpResponse<String> page = logIn(browser, "lan", link.group(1).replace("&amp;", "&"));
        assertEquals(console("/customers?q=nguyen&status=DEAD"), page.uri());
        assertEquals(200, page.statusCode());
        assertEquals(
                console("/"),
                logIn(new Browser(), "lan", "/login/sso?to=https%3A%2F%2Fevil.example")
                        .uri());
    }

    @Test
    void the_groups_may_stand_inside_another_claim_and_come_for_another_scope() throws Exception {
        Daemon other = RIG.start(atProvider()
                .with("ALOHUB_CONSOLE_OIDC_SCOPES", "openid, profile, roles")
                .with("ALOHUB_CONSOLE_OIDC_GROUPS_CLAIM", "realm_access/roles"));
        Browser browser = new Browser();
        HttpResponse<String> page = browser.open(URI.create("http://127.0.0.1:" + other.port() + "/login/sso"));
        page = browser.submit(page, Map.of("prompt", "login", "login", "lan", "password", "any"));
        page = browser.submit(page, Map.of("prompt", "consent"));
        assertEquals(other.port(), page.uri().getPort());
        assertEquals(200, page.statusCode(), page.body());
    }

    @Test
    void a_group_alone_may_be_a_text() throws Exception {
        Browser browser = new Browser();
        assertEquals(200, logIn(browser, "chi").statusCode());
        assertEquals(200, browser.open(console("/problems")).statusCode());
        assertEquals(403, browser.open(console("/import")).statusCode(), "a viewer");
    }

    @Test
    void a_person_without_a_role_gets_a_page_that_says_so_and_no_login() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> page = logIn(browser, "hoa");
        assertEquals(403, page.statusCode());
        assertTrue(page.body().contains("<html"), page.body());
        assertFalse(browser.hasCookie(daemon.port(), "__Host-alohub-session"));
        assertEquals("/login", browser.open(console("/problems")).uri().getPath());
    }

    @Test
    void behind_an_ingress_that_ends_tls_the_provider_sends_people_back_by_https() throws Exception {
        Browser browser = new Browser();
        browser.tls = true;
        HttpResponse<String> page = browser.openAlone(console("/login/sso"));
        String provider = page.headers().firstValue("Location").orElseThrow();
        assertTrue(provider.contains("redirect_uri=https%3A%2F%2F127.0.0.1"), provider);
        assertEquals(200, logIn(browser, "lan").statusCode());
        assertTrue(browser.hasCookie(daemon.port(), "__Host-alohub-session"));
    }

    /**
     * The provider's login is kept in a cookie of its own until the console's own login follows: it
     * may open nothing.
     */
    @Test
    void a_login_at_the_provider_alone_opens_nothing_whatever_the_groups_are_called() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> page = browser.open(console("/login/sso"));
        page = browser.submit(page, Map.of("prompt", "login", "login", "tam", "password", "any"));
        browser.openAlone(browser.redirectOf(page, Map.of("prompt", "consent")));
        assertTrue(browser.hasCookie(daemon.port(), "q_session"));
        assertFalse(browser.hasCookie(daemon.port(), "__Host-alohub-session"));
        for (String path : List.of("/", "/customers", "/problems", "/tokens", "/import")) {
            assertNotEquals(200, browser.openAlone(console(path)).statusCode(), path);
        }
        for (String path : List.of("/api/v1/overview", "/api/v1/customers?q=0868793800", "/api/v1/imports")) {
            assertEquals(401, browser.openAlone(console(path)).statusCode(), path);
        }
        String id = RIG.database.one("SELECT id FROM alohub.customer");
        for (String path : List.of("/api/v1/customers/" + id + "/hold", "/customers/" + id + "/hold")) {
            assertEquals(401, browser.post(console(path), "").statusCode(), path);
        }
        assertEquals("0", RIG.database.one("SELECT count(*) FROM alohub.audit WHERE person = 'tam'"));
        assertEquals(303, browser.post(console("/language"), "language=en&to=/").statusCode());
        assertEquals(403, browser.open(console("/login/sso")).statusCode(), "none of the groups has a role");
    }

    @Test
    void a_login_that_another_browser_began_is_refused() throws Exception {
        Browser victim = new Browser();
        Browser attacker = new Browser();
        HttpResponse<String> page = attacker.open(console("/login/sso"));
        page = attacker.submit(page, Map.of("prompt", "login", "login", "lan", "password", "any"));
        URI back = attacker.redirectOf(page, Map.of("prompt", "consent"));
        assertEquals("/login/sso", back.getPath());
        HttpResponse<String> refused = victim.open(back);
        assertNotEquals(daemon.port(), refused.uri().getPort(), "it begins anew, at the provider");
        assertFalse(victim.hasCookie(daemon.port(), "__Host-alohub-session"));
    }

    /**
     * A browser as far as a login needs one: a server's cookies, redirects, and the form of a page.
     */
    private static final class Browser {

        private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final Map<Integer, Map<String, String>> cookies = new HashMap<>();
        private boolean tls;

        boolean hasCookie(int port, String name) {
            return cookies.getOrDefault(port, Map.of()).containsKey(name);
        }

        HttpResponse<String> open(URI address) throws Exception {
            return follow(send(HttpRequest.newBuilder(address).GET(), address));
        }

        /** Without following redirects. */
        HttpResponse<String> openAlone(URI address) throws Exception {
            return send(HttpRequest.newBuilder(address).GET(), address);
        }

        HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) throws Exception {
            return follow(post(page, fields));
        }

        /** @return where the console's address comes first among the redirects after the form */
        URI redirectOf(HttpResponse<String> page, Map<String, String> fields) throws Exception {
            HttpResponse<String> answer = post(page, fields);
            while (true) {
                URI next = next(answer);
                if (next.getPort() == daemon.port()) {
                    return next;
                }
                answer = send(HttpRequest.newBuilder(next).GET(), next);
            }
        }

        private HttpResponse<String> post(HttpResponse<String> page, Map<String, String> fields) throws Exception {
            Matcher action = ACTION.matcher(page.body());
            assertTrue(action.find(), () -> page.statusCode() + " " + page.uri() + "\n" + page.body());
            URI address = page.uri().resolve(action.group(1));
            String form = fields.entrySet().stream()
                    .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return post(address, form);
        }

        HttpResponse<String> post(URI address, String form) throws Exception {
            return send(
                    HttpRequest.newBuilder(address)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form)),
                    address);
        }

        private HttpResponse<String> follow(HttpResponse<String> answer) throws Exception {
            HttpResponse<String> last = answer;
            for (int i = 0; i < 12 && last.statusCode() >= 300 && last.statusCode() < 400; i++) {
                URI next = next(last);
                last = send(HttpRequest.newBuilder(next).GET(), next);
            }
            return last;
        }

        private static URI next(HttpResponse<String> answer) {
            return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
        }

        private HttpResponse<String> send(HttpRequest.Builder request, URI address) throws Exception {
            if (tls && address.getPort() == daemon.port()) { // what the ingress does
                request.uri(URI.create(address.toString().replaceFirst("^https:", "http:")));
                request.header("X-Forwarded-Proto", "https");
            }
            Map<String, String> jar = cookies.computeIfAbsent(address.getPort(), port -> new HashMap<>());
            if (!jar.isEmpty()) {
                request.header(
                        "Cookie",
                        jar.entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining("; ")));
            }
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofSeconds(15)).build(), HttpResponse.BodyHandlers.ofString());
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                boolean isEnded = pair[1].isEmpty()
                        || cookie.toLowerCase(java.util.Locale.ROOT).contains("max-age=0");
                if (isEnded) {
                    jar.remove(pair[0]);
                } else {
                    jar.put(pair[0], pair[1]);
                }
            }
            return answer;
        }
    }
}
