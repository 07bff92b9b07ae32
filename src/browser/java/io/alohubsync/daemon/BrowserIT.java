package io.alohubsync.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.alohubsync.Await;
import io.alohubsync.Required;
import io.alohubsync.access.PasswordHash;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * The console in Debian's Chromium: each page in both languages, on a desktop and a phone, light
 * and dark, read by axe; each act by clicks. {@code ./mvnw verify -Pbrowser}. Screenshots of the
 * pages are in target/screenshots.
 */
class BrowserIT {

    private static final String CHROMIUM = "/usr/bin/chromium";
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final String PASSWORD = "bốn từ rất dễ nhớ";

    private record View(String language, int width, ColorScheme scheme) {}

    /** Each language, width and scheme with each other, in half of the runs. */
    private static final List<View> VIEWS = List.of(
            new View("vi", 1280, ColorScheme.LIGHT),
            new View("en", 390, ColorScheme.LIGHT),
            new View("en", 1280, ColorScheme.DARK),
            new View("vi", 390, ColorScheme.DARK));

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

    private static Daemon daemon;
    private static Playwright playwright;
    private static Browser browser;
    private static String loggedIn;

    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        Required.toBeThere(CHROMIUM + " (apt-get install chromium)", Files.isExecutable(Path.of(CHROMIUM)));
        Path users = Files.writeString(
                folder.resolve("users"), "lan:admin:" + PasswordHash.of(PASSWORD.toCharArray()) + "\n");
        RIG.alohub.behave(call ->
                call.phone().startsWith("0912399") ? Reply.error(422, "INVALID", "sai định dạng") : Reply.success());
        daemon = RIG.start(RIG.daemon()
                .with("ALOHUB_CONSOLE_USERS_FILE", users.toString())
                .with("ALOHUB_CONSOLE_ENCRYPTION_KEY", "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "2"));
        write();
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
        loggedIn = logIn();
    }

    /** Customers with hostile names, failures, and a rejected row. */
    private static void write() {
        for (int i = 0; i < HOSTILE.size(); i++) {
            RIG.database.insert("091234500" + i, HOSTILE.get(i), null);
        }
        RIG.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, source) SELECT '09123990' || lpad(i::text, 2, '0'),"
                        + " 'Khách ' || i, 'cửa hàng' FROM generate_series(1, 15) i");
        RIG.database.insert("không có số", "Trần Thị Không", null);
        RIG.awaitStatus(RIG.database.insert("0912345100", "Nguyễn Thị Thủy", "thuy@example.vn"), "DELIVERED");
        Await.until(
                "the refused are dead",
                () -> "15".equals(RIG.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'")));
    }

    /** @return the cookies of a new login */
    private static String logIn() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(address("/problems"));
            page.fill("input[name=name]", "lan");
            page.fill("input[name=password]", PASSWORD);
            page.click("main button.primary");
            assertThat(page).hasURL(address("/problems"));
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
        return page(view, script, loggedIn);
    }

    private Page page(View view, boolean script, String cookies) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setStorageState(cookies)
                .setViewportSize(view.width(), 900)
                .setColorScheme(view.scheme())
                .setJavaScriptEnabled(script));
        opened.add(context);
        context.setDefaultTimeout(10_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (Set.of("error", "warning").contains(message.type())) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onDialog(dialog -> complaints.add(page.url() + ": " + dialog.message()));
        page.navigate(address("/accounts"));
        Locator language = page.locator("button[name=language]");
        if (language.getAttribute("value").equals(view.language())) {
            language.click();
        }
        return page;
    }

    private Page page() {
        return page(new View("en", 1280, ColorScheme.LIGHT), true);
    }

    @Test
    void each_page_is_accessible_and_fits_in_both_languages_on_desktop_and_phone_light_and_dark() {
        for (View view : VIEWS) {
            Page page = page(view, true);
            page.navigate(address("/problems"));
            String group = page.locator("main a[href^='/problems/']").first().getAttribute("href");
            String customer = "/customers/" + id("+84912345100");
            for (String path : List.of(
                    "/",
                    "/problems",
                    group,
                    group + "/hold",
                    group + "/retry",
                    "/problems/rejected?today=true&show=true",
                    "/customers?q=nguyen",
                    customer,
                    customer + "?show=true",
                    "/accounts",
                    "/import",
                    "/activity",
                    "/calls?account=default&today=true",
                    "/late?account=default",
                    "/customers?account=default&status=OVERDUE",
                    "/tokens",
                    "/docs",
                    "/docs/operations",
                    "/customers/0")) {
                read(page, view, path);
            }
        }
        complaints.removeIf(one -> one.contains("/customers/0") && one.contains("404"));
    }

    private void read(Page page, View view, String path) {
        page.navigate(address(path));
        String name = path.replaceAll("[?=/]+", "-").replaceAll("-[A-Za-z0-9_]{20,}", "-group");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(
                        SCREENSHOTS.resolve(view.language() + "-" + view.width() + "-" + view.scheme() + name + ".png"))
                .setFullPage(true));
        assertEquals(view.language(), page.locator("html").getAttribute("lang"));
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (!Integer.valueOf(0).equals(overflow)) {
            complaints.add(view + " " + path + " is " + overflow + " pixels too wide");
        }
        if (path.startsWith("/customers/") && path.endsWith("show=true")) {
            Object hidden =
                    page.evaluate("(table => table.scrollWidth - table.clientWidth)(document.querySelector('.inner'))");
            if (!Integer.valueOf(0).equals(hidden)) {
                complaints.add(view + " " + path + ": what was accepted stands " + hidden + " pixels outside");
            }
        }
        new AxeBuilder(page)
                .setLegacyMode(true)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations()
                .forEach(one -> complaints.add(view + " " + path + ": " + one.getImpact() + " " + one.getId() + " "
                        + one.getNodes().getFirst().getHtml()));
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
        page.navigate(address("/customers?show=true"));
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
        page.locator("tr", new Page.LocatorOptions().setHasText("REFUSED.422"))
                .locator("a")
                .first()
                .click();
        page.click("a[href$='/retry']");
        assertThat(page.locator("p.sentence")).containsText("15");
        RIG.alohub.behave(call -> Reply.success());
        page.fill("input[name=reason]", "Alohub đã sửa");
        page.click("main button.primary");
        assertThat(page.locator("#action")).containsText("15 / 15");
        assertThat(page.locator("#action .figure.good b")).hasText("15");
        read(
                page,
                new View("en", 1280, ColorScheme.LIGHT),
                URI.create(page.url()).getPath());
        page.navigate(address("/activity?show=true"));
        assertThat(page.locator("main")).containsText("Alohub đã sửa");
    }

    @Test
    void a_customer_is_held_released_and_corrected_by_clicks() {
        Page page = page();
        String path = "/customers/" + id("+84912345100");
        page.navigate(address(path));
        page.fill("input[name=reason]", "khách nhờ");
        page.click("button[formaction$='/hold']");
        assertThat(page.locator("h1 .tag")).hasText(Pattern.compile("held", Pattern.CASE_INSENSITIVE));
        page.click("button[formaction$='/release']");
        assertThat(page.locator("button[formaction$='/hold']")).isVisible();
        page.navigate(address(path + "?show=true"));
        assertThat(page.locator(".timeline")).containsText("khách nhờ");
        page.fill("input[name=name]", "Nguyễn Thị Thúy");
        page.click("form[action$='/correct'] button");
        Await.until(
                "Alohub has the new name",
                () -> String.valueOf(RIG.alohub.calls("0912345100").getLast()).contains("Nguyễn Thị Thúy"));
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
        RIG.awaitState("ACTIVE");
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
        read(
                page,
                new View("en", 1280, ColorScheme.LIGHT),
                URI.create(page.url()).getPath());
        page.click("form[action$='/confirm'] button");
        assertThat(page.locator("p.sentence")).hasText("imported");
        page.click("a[href$='/report']", new Page.ClickOptions().setTrial(true));
        Await.until(
                "the first is delivered", () -> !RIG.alohub.calls("0912345200").isEmpty());
    }

    @Test
    void the_navigation_of_an_administrator_stands_in_one_line_on_a_desktop() {
        for (String language : List.of("vi", "en")) {
            Page page = page(new View(language, 1280, ColorScheme.LIGHT), true);
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
        page.navigate(address("/problems"));
        String group = page.locator("main a[href^='/problems/']").first().getAttribute("href");
        for (String path : List.of("/problems", group, "/customers?status=DEAD", "/activity", "/accounts", "/tokens")) {
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
        page.navigate(address("/problems"));
        page.evaluate("document.querySelector('#groups .scroll').scrollLeft = 120");
        Locator link = page.locator("#groups a").last();
        String href = link.getAttribute("href");
        link.focus();
        page.evaluate("document.querySelector('#groups .scroll').scrollLeft = 120;"
                + "document.querySelector('#groups tbody td').textContent = 'before'");
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
        page.evaluate("seen => { Object.defineProperty(document, 'hidden', { value: !seen, configurable: true });"
                + " document.dispatchEvent(new Event('visibilitychange')); }", isSeen);
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
        page.waitForRequest(
                request -> request.headers().containsKey("x-refresh"), () -> page.clock().runFor(5_500));
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
        page.navigate(address("/"));
        Locator note = page.locator("#stale[role=status]");
        assertThat(note).hasText("");
        assertThat(note).containsText(Pattern.compile("số liệu là của lúc [0-9/]{10} [0-9:]{8}"));
        page.unrouteAll();
        assertThat(note).hasText("");
        complaints.removeIf(one -> one.contains("503"));
    }

    @Test
    void who_logs_out_is_asked_to_log_in_and_the_language_stays() {
        Page page = page(new View("en", 1280, ColorScheme.DARK), true, logIn());
        page.click("form[action='/logout'] button");
        assertThat(page).hasURL(Pattern.compile(".*/login"));
        assertEquals("en", page.locator("html").getAttribute("lang"));
        read(page, new View("en", 1280, ColorScheme.DARK), "/login");
        page.navigate(address("/customers"));
        assertThat(page).hasURL(Pattern.compile(".*/login.*"));
    }
}
