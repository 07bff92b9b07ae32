package io.alohubsync.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.Media;
import io.alohubsync.Await;
import io.alohubsync.Required;
import io.alohubsync.access.PasswordHash;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.operate.problems.ProblemKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in Debian's Chromium: each page and each of its states read by axe, in both schemes;
 * whether it fits on a desktop and on a phone; the acts by clicks, with and without script. The
 * languages and widths go round over the pages: to cross them all takes several times as long and
 * finds nothing more. {@code ./mvnw verify -Pbrowser}; with {@code -Dscreenshots=true} each page is
 * in target/screenshots.
 */
class BrowserIT {

    private static final String CHROMIUM = "/usr/bin/chromium";
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final String PASSWORD = "bốn từ rất dễ nhớ";
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;

    private record View(String language, int width, ColorScheme scheme) {}

    private static final List<View> VIEWS = List.of(
            new View("vi", PHONE, ColorScheme.LIGHT),
            new View("en", DESKTOP, ColorScheme.DARK),
            new View("en", PHONE, ColorScheme.LIGHT),
            new View("vi", DESKTOP, ColorScheme.DARK));

    /** What a source may write and a page must show as text. */
    private static final List<String> HOSTILE = List.of(
            "<script>window.hacked=1</script>",
            "\"><img src=x onerror=\"window.hacked=1\">",
            "' autofocus onfocus='window.hacked=1",
            "{config:property('user.home')}{#let a=1}",
            "javascript:window.hacked=1",
            "\u202egnud nab\u202c \u2066Bán Dừng",
            "Z" + "\u0301".repeat(255),
            "</title></textarea><svg onload=window.hacked=1>");

    private static final Rig RIG = new Rig();

    @TempDir
    static Path folder;

    /** Groups that fail: one that is sent again, one that is held, and one that stays as it is. */
    private static final String SENT_AGAIN = group("cửa hàng");

    private static final String TO_BE_HELD = group("hội chợ");
    private static final String FAILED = group("quầy");
    private static final String REJECTED =
            "/problems/" + new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.no-digits", null).text();

    private static Daemon daemon;
    private static Playwright playwright;
    private static Browser browser;
    private static final Map<String, String> LOGINS = new HashMap<>(); // cookies by role
    private static final List<String> BEFORE_ANYTHING_WAS_WRITTEN = new ArrayList<>();

    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> opened = new ArrayList<>();
    private final Map<String, Page> pages = new HashMap<>(); // by role and view

    @BeforeAll
    static void start() throws Exception {
        Required.toBeThere(CHROMIUM + " (apt-get install chromium)", Files.isExecutable(Path.of(CHROMIUM)));
        String hash = PasswordHash.of(PASSWORD.toCharArray());
        Path users = Files.writeString(
                folder.resolve("users"),
                "lan:admin:" + hash + "\nvân:operator:" + hash + "\nxem:viewer:" + hash + "\n");
        RIG.alohub.behave(call ->
                call.phone().startsWith("091239") ? Reply.error(422, "INVALID", "sai định dạng") : Reply.success());
        Daemon.Builder open = RIG.daemon()
                .with("ALOHUB_CONSOLE_USERS_FILE", users.toString())
                .with("ALOHUB_CONSOLE_OIDC_URL", "http://127.0.0.1:9")
                .with("ALOHUB_CONSOLE_OIDC_CLIENT_ID", "console")
                .with("ALOHUB_CONSOLE_OIDC_CLIENT_SECRET", "secret-of-the-console")
                .with("ALOHUB_CONSOLE_ENCRYPTION_KEY", "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "2");
        List<Daemon> daemons = RIG.startAll(open, RIG.daemon()); // the other one's console is closed
        daemon = daemons.getFirst();
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(CHROMIUM))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        LOGINS.put("admin", logIn("lan"));
        LOGINS.put("operator", logIn("vân"));
        LOGINS.put("viewer", logIn("xem"));
        readBeforeAnythingIsWritten(daemons.getLast());
        daemons.getLast().kill();
        write();
    }

    private static void readBeforeAnythingIsWritten(Daemon closed) {
        for (String url : List.of(address("/"), "http://127.0.0.1:" + closed.port() + "/")) {
            try (BrowserContext context =
                    browser.newContext(new Browser.NewContextOptions().setStorageState(LOGINS.get("admin")))) {
                Page page = context.newPage();
                page.navigate(url);
                Axe.violations(page).forEach(one -> BEFORE_ANYTHING_WAS_WRITTEN.add(url + ": " + one));
                BEFORE_ANYTHING_WAS_WRITTEN.addAll(page.locator("main pre").count() > 0 ? List.of() : List.of(url));
            }
        }
    }

    private static String group(String source) {
        return "/problems/" + new ProblemKey(ProblemKey.Kind.FAILURE, "default", "REFUSED.422", source).text();
    }

    /** Customers with hostile names, more than a page of others, failures, and a rejected row. */
    private static void write() {
        for (int i = 0; i < HOSTILE.size(); i++) {
            RIG.database.insert("091234500" + i, HOSTILE.get(i), null);
        }
        RIG.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, source) SELECT '09123990' || lpad(i::text, 2, '0'),"
                        + " 'Khách ' || i, CASE WHEN i <= 11 THEN 'cửa hàng' WHEN i <= 13 THEN 'hội chợ' ELSE 'quầy' END"
                        + " FROM generate_series(1, 15) i;"
                        + " INSERT INTO alohub.customer_outbox (phone, name, source)"
                        + " SELECT '0912346' || lpad(i::text, 3, '0'), 'Người Khác ' || i, 'erp' FROM generate_series(1, 60) i");
        RIG.database.insert("không có số", "Trần Thị Không", null);
        RIG.awaitStatus(RIG.database.insert("0912345100", "Nguyễn Thị Thủy", "thuy@example.vn"), "DELIVERED");
        Await.until(
                "the refused are dead",
                () -> "15".equals(RIG.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'")));
    }

    /** @return the cookies of a new login */
    private static String logIn(String name) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(address("/docs"));
            page.fill("input[name=name]", name);
            page.fill("input[name=password]", PASSWORD);
            page.keyboard().press("Enter");
            assertThat(page).hasURL(address("/docs"));
            return context.storageState();
        }
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        RIG.close();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        opened.forEach(BrowserContext::close);
        assertEquals(List.of(), complaints);
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + daemon.port() + path;
    }

    private static String id(String e164) {
        return RIG.database.one("SELECT id FROM alohub.sync_status WHERE phone = '" + e164 + "'");
    }

    private Page page(View view, boolean script) {
        return page(view, script, LOGINS.get("admin"));
    }

    private Page page(View view, boolean script, String cookies) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setStorageState(cookies)
                .setViewportSize(view.width(), 900)
                .setColorScheme(view.scheme())
                .setJavaScriptEnabled(script));
        opened.add(context);
        context.setDefaultTimeout(10_000);
        context.addCookies(List.of(new Cookie("alohub-language", view.language()).setUrl(address("/"))));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (Set.of("error", "warning").contains(message.type())) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onDialog(dialog -> complaints.add(page.url() + ": " + dialog.message()));
        return page;
    }

    private Page page() {
        return page(new View("en", DESKTOP, ColorScheme.LIGHT), true);
    }

    private static View other(View view) {
        return new View(
                view.language().equals("vi") ? "en" : "vi",
                view.width() == PHONE ? DESKTOP : PHONE,
                view.scheme() == ColorScheme.DARK ? ColorScheme.LIGHT : ColorScheme.DARK);
    }

    /** What is open now: by axe, and whether it fits; in the other scheme its colours, at the other width whether it fits. */
    private void read(Page page, View view) {
        String path = URI.create(page.url()).getPath();
        if (Boolean.getBoolean("screenshots")) {
            String name = path.replaceAll("[?=/]+", "-").replaceAll("-[A-Za-z0-9_]{20,}", "-group");
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(
                            view.language() + "-" + view.width() + "-" + view.scheme() + name + ".png"))
                    .setFullPage(true));
        }
        assertEquals(view.language(), page.locator("html").getAttribute("lang"));
        Axe.violations(page).forEach(one -> complaints.add(view + " " + path + ": " + one));
        fits(page, view, path);
        View other = other(view);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(other.scheme()));
        page.setViewportSize(other.width(), 900);
        Axe.violations(page, "color-contrast").forEach(one -> complaints.add(other + " " + path + ": " + one));
        fits(page, other, path);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(view.scheme()));
        page.setViewportSize(view.width(), 900);
    }

    private void fits(Page page, View view, String path) {
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (!Integer.valueOf(0).equals(overflow)) {
            complaints.add(view + " " + path + " is " + overflow + " pixels too wide");
        }
        if (path.matches("/customers/[0-9]+") && page.locator(".inner").count() > 0) {
            Object hidden =
                    page.evaluate("(table => table.scrollWidth - table.clientWidth)(document.querySelector('.inner'))");
            if (!Integer.valueOf(0).equals(hidden)) {
                complaints.add(view + " " + path + ": what was accepted stands " + hidden + " pixels outside");
            }
        }
    }

    /** Pages of one role, each read in one of the views. */
    private void readAll(String role, List<String> paths) {
        for (int i = 0; i < paths.size(); i++) {
            View view = VIEWS.get((paths.get(i).length() + i) % VIEWS.size());
            Page page = pages.computeIfAbsent(role + view, once -> page(view, true, LOGINS.get(role)));
            page.navigate(address(paths.get(i)));
            read(page, view);
        }
    }

    /** Beside the view in which each was read. */
    private void fitInTheOtherLanguage(List<String> paths) {
        for (int i = 0; i < paths.size(); i++) {
            View view = VIEWS.get((paths.get(i).length() + i + 1) % VIEWS.size());
            Page page = pages.computeIfAbsent("admin" + view, once -> page(view, true));
            page.navigate(address(paths.get(i)));
            fits(page, view, paths.get(i));
        }
    }

    @Test
    void each_page_is_accessible_and_fits_in_both_languages_on_desktop_and_phone_light_and_dark() {
        assertEquals(List.of(), BEFORE_ANYTHING_WAS_WRITTEN, "the empty overview, and the console before it is opened");
        String customer = "/customers/" + id("+84912345100");
        String dead = "/customers/" + id("+84912399015");
        List<String> paths = List.of(
                "/",
                "/problems",
                FAILED,
                FAILED + "/hold",
                FAILED + "/retry",
                REJECTED,
                "/problems/rejected?today=true&show=true",
                "/customers?q=nguyen",
                "/customers?q=zzz",
                "/customers",
                "/customers?account=default&status=OVERDUE",
                customer,
                customer + "?show=true",
                dead,
                customer + "?done=retry-held",
                "/accounts",
                "/import",
                "/activity?each=true",
                "/calls?account=default&today=true",
                "/problems/slow?account=default",
                "/docs",
                "/docs/operations",
                "/docs/vi/operations",
                "/docs/runbook/AlohubSyncDead",
                "/login?ended=true");
        readAll("admin", paths);
        fitInTheOtherLanguage(paths);
    }

    @Test
    void what_other_roles_see_is_accessible_too() {
        String customer = "/customers/" + id("+84912345100");
        readAll("viewer", List.of("/", customer, FAILED, REJECTED, "/activity", "/tokens", "/problems/rejected"));
        readAll("operator", List.of(customer + "?show=true", "/import", FAILED));
        complaints.removeIf(one -> one.contains("/tokens: Failed to load resource"));
    }

    @Test
    void pages_of_errors_are_accessible() throws SQLException {
        readAll("admin", List.of("/nothing", "/customers/0", "/customers/1/hold", "/customers?show=yes"));
        Page page = page(VIEWS.getFirst(), true);
        try (Connection connection = RIG.database.dataSource().getConnection();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE alohub.status_count IN ACCESS EXCLUSIVE MODE");
            page.navigate(address("/"));
            read(page, VIEWS.getFirst());
            assertThat(page.locator("main")).containsText("Cơ sở dữ liệu");
            connection.rollback();
        }
        complaints.removeIf(one -> one.contains("Failed to load resource"));
    }

    @Test
    void a_bulk_action_is_accessible_in_each_of_its_states() {
        List<String> states = List.of(
                "'RUNNING', 100, 40, 0, 0, NULL, NULL, NULL, 'infinity'",
                "'STOPPED', 100, 40, 0, 0, NULL, 'vân', now(), now()",
                "'CANARY_FAILED', 250, 10, 1, 9, 'HTTP 422: sai định dạng | the answer broke off', NULL, now(), now()");
        List<String> paths = new ArrayList<>();
        for (String state : states) {
            paths.add("/problems/actions/"
                    + RIG.database.one("INSERT INTO alohub.bulk_action (client_key, kind, account, reason, person, way,"
                            + " state, expected, items, delivered, failed, words, stopped_by, ended_at, next_at)"
                            + " VALUES (gen_random_uuid(), 'RETRY', 'default', 'FAILED.500', 'lan', 'FILE', " + state
                            + ") RETURNING id"));
        }
        readAll("operator", paths);
        Page page = page(VIEWS.getLast(), false, LOGINS.get("operator"));
        page.navigate(address(paths.getFirst()));
        page.click("main button.danger");
        assertThat(page.locator("main p.sentence")).containsText("vân");
    }

    @Test
    void accounts_that_are_stopped_are_accessible_and_tried_again_by_a_click() {
        RIG.database.execute("INSERT INTO alohub.account (name, state, trip_cause, state_reason, state_needs, probe_at)"
                + " VALUES ('tuchoi', 'KEY_REJECTED', 'KEY', 'Alohub refuses the key: HTTP 401', 'Ask Alohub for another key.',"
                + " now() + interval '1 hour');"
                + " INSERT INTO alohub.account (name) VALUES ('tamdung'); SELECT alohub.pause('tamdung', 'bảo trì')");
        try {
            readAll("admin", List.of("/accounts", "/"));
            Page page = page(VIEWS.getFirst(), true);
            page.navigate(address("/accounts"));
            page.click("button[formaction='/accounts/tuchoi/resume']");
            assertThat(page.locator(".notice")).isVisible();
            read(page, VIEWS.getFirst());
            assertNotEquals("KEY_REJECTED", RIG.database.one("SELECT state FROM alohub.account WHERE name = 'tuchoi'"));
        } finally {
            RIG.database.execute("DELETE FROM alohub.account WHERE name IN ('tuchoi', 'tamdung')");
        }
    }

    @Test
    void a_token_is_declined_issued_and_revoked_by_clicks() {
        RIG.database.execute("INSERT INTO alohub.api_token (name, role, token_hash, created_by, created_at, expires_at)"
                + " VALUES ('đã hết hạn', 'viewer', 'x', 'lan', now() - interval '2 days', now() - interval '1 day')");
        View view = VIEWS.get(1);
        Page page = page(view, true);
        page.navigate(address("/tokens"));
        page.fill("input[name=name]", "báo cáo");
        page.fill("input[name=days]", "999");
        page.evaluate("document.querySelector('main form').noValidate = true");
        page.click("main form button.primary");
        assertThat(page.locator("[role=alert]")).isVisible();
        assertThat(page.locator("[aria-invalid=true]")).hasCount(1);
        read(page, view);
        page.fill("input[name=days]", "30");
        page.keyboard().press("Enter");
        assertThat(page.locator("pre").first()).containsText("alohub_");
        read(page, view);
        page.navigate(address("/tokens"));
        page.locator("tr", new Page.LocatorOptions().setHasText("báo cáo"))
                .locator("button")
                .click();
        assertThat(page.locator(".notice")).isVisible();
        read(page, view);
        complaints.removeIf(one -> one.contains("400"));
    }

    @Test
    void a_login_with_a_wrong_password_and_after_many_of_them_is_accessible() {
        View view = VIEWS.getFirst();
        Page page = page(view, true, "{\"cookies\":[],\"origins\":[]}");
        page.navigate(address("/login"));
        for (int i = 0; i < 2; i++) {
            page.fill("input[name=name]", "ai-đó");
            page.fill("input[name=password]", "sai");
            page.click("main button.primary");
            assertThat(page.locator("[role=alert]")).isVisible();
            read(page, view);
            RIG.database.execute("UPDATE alohub.login_failure SET blocked_until = now() + interval '1 minute'");
        }
        assertThat(page.locator("[role=alert]")).containsText("quá nhiều lần");
        RIG.database.execute("DELETE FROM alohub.login_failure");
        complaints.removeIf(one -> one.contains("401") || one.contains("429"));
    }

    @Test
    void hostile_names_are_shown_as_text() {
        Page page = page();
        for (int i = 0; i < HOSTILE.size(); i++) {
            page.navigate(address("/customers/" + id("+8491234500" + i) + "?show=true"));
            assertEquals(
                    0,
                    page.locator("main script, main img, main textarea, main svg")
                            .count(),
                    HOSTILE.get(i));
            assertEquals(
                    page.locator("input[name=name]").inputValue(),
                    page.locator("main td.words").first().innerText().strip());
        }
        page.navigate(address("/customers?q=09123450&show=true"));
        assertEquals(null, page.evaluate("window.hacked"));
        for (Locator cell : page.locator("td.words").all()) {
            assertEquals("isolate", cell.evaluate("cell => getComputedStyle(cell).unicodeBidi"));
            assertTrue(cell.boundingBox().height < 200, "combining marks do not cover other lines");
        }
    }

    @Test
    void a_group_is_sent_again_by_clicks_and_the_page_follows_it_to_its_end() {
        Page page = page();
        page.navigate(address("/problems"));
        page.locator("a[href='" + SENT_AGAIN + "']").first().click();
        page.click("a[href$='/retry']");
        assertThat(page.locator("p.sentence")).containsText("11");
        RIG.alohub.behave(call -> call.phone().matches("09123990(12|13|14|15)")
                ? Reply.error(422, "INVALID", "sai định dạng")
                : Reply.success());
        page.fill("input[name=reason]", "Alohub đã sửa");
        page.keyboard().press("Enter");
        assertThat(page.locator("#action")).containsText("11 / 11");
        assertThat(page.locator("#action .figure.good b")).hasText("11");
        read(page, new View("en", DESKTOP, ColorScheme.LIGHT));
        page.navigate(address("/activity"));
        page.selectOption("select[name=act]", "BULK_STARTED");
        page.focus("input[name=person]");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("act=BULK_STARTED"));
        assertThat(page.locator("main")).containsText("Alohub đã sửa");
    }

    @Test
    void a_group_is_exported_and_held_by_clicks_without_script_on_a_phone() throws IOException {
        Page page = page(new View("vi", PHONE, ColorScheme.DARK), false, LOGINS.get("operator"));
        page.navigate(address(TO_BE_HELD));
        Download file = page.waitForDownload(() -> page.click("a[href$='/export']"));
        assertEquals(3, Files.readAllLines(file.path()).size());
        page.click("a[href$='/hold']");
        page.fill("input[name=reason]", "khách đổi ý");
        page.click("main button.primary");
        assertThat(page).hasURL(Pattern.compile("/problems/actions/"));
        Await.until(
                "both are held",
                () -> "2"
                        .equals(RIG.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'HELD'"
                                + " AND phone IN ('+84912399012', '+84912399013')")));
    }

    @Test
    void a_page_is_turned_and_its_content_reached_by_keyboard() {
        Page page = page();
        page.navigate(address("/customers"));
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertEquals("main", page.evaluate("document.activeElement.id"));
        page.click("main a.button[href*='cursor=']");
        assertThat(page).hasURL(Pattern.compile("cursor="));
        assertThat(page.locator("main tbody tr").first()).isVisible();
    }

    @Test
    void a_customer_is_held_released_and_corrected_by_clicks() {
        View view = new View("vi", PHONE, ColorScheme.DARK);
        Page page = page(view, true, LOGINS.get("operator"));
        String path = "/customers/" + id("+84912345100");
        page.navigate(address(path));
        page.fill("input[name=reason]", "khách nhờ");
        page.click("button[formaction$='/hold']");
        assertThat(page.locator("button[formaction$='/release']")).isVisible();
        read(page, view);
        page.click("button[formaction$='/release']");
        assertThat(page.locator("button[formaction$='/hold']")).isVisible();
        page.click("form[action$='/retry'] button.primary");
        assertThat(page.locator(".notice")).isVisible();
        page.click("a[href*='show=true']");
        assertThat(page.locator(".timeline")).containsText("khách nhờ");
        page.fill("input[name=name]", "Nguyễn Thị Thúy");
        page.click("form[action$='/correct'] button");
        Await.until(
                "Alohub has the new name",
                () -> String.valueOf(RIG.alohub.calls("0912345100").getLast()).contains("Nguyễn Thị Thúy"));
    }

    @Test
    void a_phone_is_corrected_by_clicks_without_script_and_the_two_customers_lead_to_each_other() {
        Page page = page(new View("en", DESKTOP, ColorScheme.DARK), false, LOGINS.get("operator"));
        String wrong = "/customers/" + id("+84912346001");
        page.navigate(address(wrong + "?show=true"));
        page.fill("input[name=phone]", "0912347001");
        page.click("form[action$='/correct'] button");
        assertThat(page.locator(".notice")).isVisible();
        Await.until("the right one is there", () -> id("+84912347001") != null);
        readAll("operator", List.of(wrong, "/customers/" + id("+84912347001")));
        page.navigate(address(wrong));
        page.click("main p.needs a");
        assertThat(page).hasURL(address("/customers/" + id("+84912347001")));
        page.click("a[href*='show=true']");
        page.click("main a.button[href='/customers/" + id("+84912347001") + "']");
        assertThat(page.locator("input[name=phone]")).hasCount(0);
    }

    @Test
    void an_act_works_without_script_on_a_phone() {
        Page page = page(new View("vi", 390, ColorScheme.DARK), false);
        page.navigate(address("/accounts"));
        page.fill("input[name=reason]", "bảo trì");
        page.click("main button.danger");
        assertThat(page.locator("main")).containsText("bảo trì");
        assertEquals("PAUSED", RIG.breaker());
        page.click("main button.primary");
        assertThat(page.locator(".notice")).isVisible();
        Await.until("it is resumed", () -> !RIG.breaker().equals("PAUSED"));
    }

    @Test
    void a_file_is_uploaded_previewed_and_imported_by_clicks() throws Exception {
        Path file = Files.writeString(
                folder.resolve("khách hàng.csv"),
                "SĐT,Họ tên\n0912345200,Lê Văn Tám\n0912345201,Đỗ Thị Chín\nkhông,Ai Đó\n");
        Page page = page();
        page.navigate(address("/import"));
        page.setInputFiles("input[type=file]", file);
        page.click("main button.primary");
        assertThat(page.locator("form[action$='/confirm'] button")).isVisible();
        View view = new View("en", DESKTOP, ColorScheme.LIGHT);
        read(page, view);
        page.click("form[action$='/confirm'] button");
        assertThat(page.locator("p.sentence")).hasText("imported");
        read(page, view);
        Download report = page.waitForDownload(() -> page.click("a[href$='/report']"));
        assertTrue(Files.readString(report.path()).contains("không"));
        Await.until(
                "the first is delivered", () -> !RIG.alohub.calls("0912345200").isEmpty());
    }

    @Test
    void a_file_with_a_fault_is_looked_at_again_and_cancelled_by_clicks_without_script() throws Exception {
        Path file = Files.writeString(folder.resolve("cột lạ.csv"), "Mã,Họ tên\nA1,Lê Văn Mười\n");
        Page page = page(new View("vi", PHONE, ColorScheme.DARK), false, LOGINS.get("operator"));
        page.navigate(address("/import"));
        page.setInputFiles("input[type=file]", file);
        page.click("main button.primary");
        String upload = URI.create(page.url()).getPath();
        Await.until(
                "it is previewed",
                () -> page.reload() != null && page.locator("details").count() > 0);
        readAll("operator", List.of(upload));
        page.fill("input[name=column-phone]", "Mã");
        page.click("form[action$='/preview'] button");
        Await.until(
                "it is previewed again",
                () -> "2"
                        .equals(RIG.database.one(
                                "SELECT previews FROM alohub.upload WHERE id = '" + id(upload, "/import/") + "'")));
        RIG.database.execute("UPDATE alohub.upload SET preview = jsonb_set(preview, '{otherSheets}', '[\"Trang 2\"]')"
                + " WHERE id = '" + id(upload, "/import/") + "' AND preview IS NOT NULL");
        readAll("operator", List.of(upload));
        page.navigate(address(upload));
        page.click("form[action$='/cancel'] button");
        readAll("operator", List.of(upload));
        String previewing = RIG.database.one(
                "INSERT INTO alohub.upload (state, person, name, account, source, sheet, columns, leased_until)"
                        + " VALUES ('PREVIEWING', 'lan', 'a.csv', 'default', 'import', '', '{}', now() + interval '1 hour')"
                        + " RETURNING id");
        try {
            readAll("operator", List.of("/import/" + previewing));
        } finally {
            RIG.database.execute("DELETE FROM alohub.upload WHERE id = '" + previewing + "'");
        }
    }

    private static String id(String path, String before) {
        return path.substring(before.length());
    }

    @Test
    void the_navigation_of_an_administrator_stands_in_one_line_on_a_desktop() {
        for (String language : List.of("vi", "en")) {
            Page page = page(new View(language, 1280, ColorScheme.LIGHT), true);
            page.navigate(address("/accounts"));
            assertEquals(
                    1,
                    page.evaluate("new Set([...document.querySelectorAll('.top nav a, .top .who > *')]"
                            + ".map(one => Math.round((one.getBoundingClientRect().top + one.getBoundingClientRect().bottom) / 20)))"
                            + ".size"),
                    language);
        }
    }

    /** A4 at 96 dots an inch, within its margins. */
    @Test
    void a_page_on_paper_is_light_and_has_each_column_and_no_buttons() {
        Page page = page(new View("vi", 718, ColorScheme.DARK), true);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        for (String path :
                List.of("/problems", FAILED, "/customers?status=DEAD", "/activity", "/accounts", "/tokens")) {
            page.navigate(address(path));
            assertEquals(
                    0,
                    page.evaluate(
                            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).length"),
                    path);
            assertEquals("rgb(255, 255, 255)", page.evaluate("getComputedStyle(document.body).backgroundColor"), path);
            assertThat(page.locator("nav, button").locator("visible=true")).hasCount(0);
        }
    }

    @Test
    void a_page_that_reads_itself_again_leaves_the_reader_where_they_are() {
        Page page = page(new View("vi", 390, ColorScheme.LIGHT), true);
        stopClock(page);
        page.navigate(address("/problems"));
        page.evaluate("document.querySelector('#groups .scroll').scrollLeft = 120");
        Locator link = page.locator("#groups a").last();
        String href = link.getAttribute("href");
        link.focus();
        page.evaluate("document.querySelector('#groups .scroll').scrollLeft = 120;"
                + "document.querySelector('#groups tbody td').textContent = 'before'");
        page.clock().runFor(5_500);
        assertThat(page.locator("#groups")).not().containsText("before");
        assertEquals(href, page.evaluate("document.activeElement.getAttribute('href')"));
        assertEquals(120, page.evaluate("document.querySelector('#groups .scroll').scrollLeft"));
    }

    /** @return the requests by which the page reads itself again from now on */
    private static List<String> refreshes(Page page) {
        List<String> refreshes = new ArrayList<>();
        page.onRequest(request -> {
            if (request.headers().containsKey("x-refresh")) {
                refreshes.add(request.url());
            }
        });
        return refreshes;
    }

    /** The page's time: a test moves it. */
    private static void stopClock(Page page) {
        page.clock().install();
        page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    }

    private static void tabIsSeen(Page page, boolean isSeen) {
        page.evaluate(
                "seen => { Object.defineProperty(document, 'hidden', { value: !seen, configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                isSeen);
    }

    /** Each read of it would be an entry of the audit, and the address of a form can't be read. */
    @Test
    void a_page_on_which_nothing_changes_is_not_read_again_when_its_tab_is_seen() {
        Page page = page();
        List<String> refreshes = refreshes(page);
        String customer = id("+84912345100");
        String looks = "SELECT count(*) FROM alohub.audit WHERE act = 'UNMASK' AND customer_id = " + customer;
        long before = Long.parseLong(RIG.database.one(looks));
        page.navigate(address("/customers/" + customer + "?show=true"));
        for (int i = 0; i < 3; i++) {
            tabIsSeen(page, false);
            tabIsSeen(page, true);
        }
        assertEquals(before + 1, Long.parseLong(RIG.database.one(looks)));
        page.fill("input[name=phone]", "12");
        page.click("form[action$='/correct'] button");
        assertThat(page.locator("[role=alert]")).isVisible();
        for (int i = 0; i < 3; i++) {
            tabIsSeen(page, false);
            tabIsSeen(page, true);
        }
        assertEquals("12", page.inputValue("input[name=phone]"));
        assertThat(page.locator("#stale")).hasText("");
        assertEquals(List.of(), refreshes);
        complaints.removeIf(one -> one.contains("400"));
    }

    @Test
    void a_page_is_read_again_while_its_tab_is_seen_and_at_once_when_it_is_seen_again() {
        Page page = page();
        stopClock(page);
        List<String> refreshes = refreshes(page);
        page.navigate(address("/problems"));
        page.waitForResponse(
                        answer -> answer.request().headers().containsKey("x-refresh"),
                        () -> page.clock().runFor(5_500))
                .finished();
        tabIsSeen(page, false);
        page.clock().runFor(30_000);
        assertEquals(1, refreshes.size());
        page.waitForRequest(request -> request.headers().containsKey("x-refresh"), () -> tabIsSeen(page, true));
    }

    @Test
    void what_is_typed_on_the_page_of_an_upload_stays_once_its_preview_is_there() throws Exception {
        Page page = page();
        page.navigate(address("/import"));
        page.setInputFiles(
                "input[type=file]",
                Files.writeString(folder.resolve("hai cột số.csv"), "SĐT,Điện thoại\n0912345210,0912345211\n"));
        page.click("main button.primary");
        assertThat(page.locator("form[action$='/confirm'] button")).isVisible();
        String upload = page.url();
        List<String> refreshes = refreshes(page);
        stopClock(page);
        page.route(upload, route -> {
            if (route.request().headers().containsKey("x-refresh")) {
                route.resume();
                return;
            }
            APIResponse previewed = route.fetch(); // as the page was before
            route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                    .setResponse(previewed)
                    .setBody(previewed.text().replace("<div id=\"upload\" ", "<div id=\"upload\" data-live")));
        });
        page.navigate(upload);
        assertThat(page.locator("#upload[data-live]")).hasCount(1);
        page.clock().runFor(5_500);
        assertThat(page.locator("#upload[data-live]")).hasCount(0);
        page.click("#upload details summary");
        page.fill("input[name=column-phone]", "Điện thoại");
        page.click("h1");
        page.clock().runFor(30_000);
        assertEquals("Điện thoại", page.inputValue("input[name=column-phone]"));
        assertEquals(1, refreshes.size());
        page.click("#upload form[action$='/cancel'] button");
    }

    /** As where another tab has it previewed again meanwhile. */
    @Test
    void a_form_of_an_upload_that_is_declined_while_the_upload_moves_follows_it() throws Exception {
        Page page = page();
        page.navigate(address("/import"));
        page.setInputFiles(
                "input[type=file]",
                Files.writeString(folder.resolve("hai thẻ.csv"), "SĐT,Họ tên\n0912345220,Lê Hai\n"));
        page.click("main button.primary");
        assertThat(page.locator("form[action$='/confirm'] button")).isVisible();
        String upload = URI.create(page.url()).getPath();
        String one = " WHERE id = '" + id(upload, "/import/") + "'";
        stopClock(page);
        page.navigate(address(upload));
        RIG.database.execute(
                "UPDATE alohub.upload SET state = 'PREVIEWING', leased_until = now() + interval '1 hour'" + one);
        page.click("form[action$='/confirm'] button");
        assertThat(page.locator("#upload[data-live]")).hasCount(1);
        page.clock().runFor(5_500);
        assertThat(page.locator("#stale")).hasText("");
        RIG.database.execute("UPDATE alohub.upload SET state = 'PREVIEWED', leased_until = '-infinity'" + one);
        page.clock().runFor(5_500);
        assertThat(page.locator("#upload[data-live]")).hasCount(0);
        assertThat(page.locator("#stale")).hasText("");
        page.click("#upload form[action$='/cancel'] button");
        complaints.removeIf(complaint -> complaint.contains("409"));
    }

    @Test
    void a_page_that_can_not_be_refreshed_says_so_and_of_when_its_figures_are() {
        Page page = page(new View("vi", 1280, ColorScheme.LIGHT), true);
        page.route(request -> true, route -> {
            if (route.request().headers().containsKey("x-refresh")) {
                route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(503));
            } else {
                route.resume();
            }
        });
        stopClock(page);
        page.navigate(address("/"));
        Locator note = page.locator("#stale[role=status]");
        assertThat(note).hasText("");
        page.clock().runFor(5_500);
        assertThat(note).containsText(Pattern.compile("số liệu là của lúc [0-9/]{10} [0-9:]{8}"));
        page.unrouteAll();
        page.clock().runFor(5_500);
        assertThat(note).hasText("");
        complaints.removeIf(one -> one.contains("503"));
    }

    @Test
    void who_logs_out_is_asked_to_log_in_and_the_language_stays() {
        View view = new View("en", DESKTOP, ColorScheme.DARK);
        Page page = page(view, true, logIn("vân"));
        page.navigate(address("/docs"));
        page.click("button[name=language]");
        assertThat(page.locator("html")).hasAttribute("lang", "vi");
        page.click("form[action='/logout'] button");
        assertThat(page).hasURL(Pattern.compile(".*/login"));
        read(page, new View("vi", DESKTOP, ColorScheme.DARK));
        page.navigate(address("/customers"));
        assertThat(page).hasURL(Pattern.compile(".*/login.*"));
    }
}
