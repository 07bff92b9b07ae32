package io.alohubsync.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts, their pages, the dashboard and the documented metrics tell of the same things. */
class MonitoringTest {

    static final Path RULE_TESTS = Path.of("src/test/prometheus/alerts_test.yaml");

    private static final Path RUNBOOK = Path.of("docs/runbook");
    private static final Pattern METRIC = Pattern.compile("\\b(alohub_sync|jvm|process|system)_\\w+");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");
    private static final Set<String> VARIABLES = Set.of("datasource", "namespace", "job", "account", "__rate_interval");

    private final List<AlertRules.Alert> alerts = AlertRules.alerts();

    @Test
    void each_alert_has_its_page_and_each_page_its_alert() throws IOException {
        Set<String> pages = new TreeSet<>();
        try (Stream<Path> files = Files.list(RUNBOOK)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .forEach(name -> pages.add(name.replace(".md", "")));
        }
        assertEquals(names(), pages);
        String index = Files.readString(RUNBOOK.resolve("README.md"));
        for (AlertRules.Alert alert : alerts) {
            assertEquals(
                    "docs/runbook/" + alert.alert() + ".md", alert.annotations().get("runbook"));
            assertTrue(index.contains("(" + alert.alert() + ".md)"), "the index lacks " + alert.alert());
        }
    }

    @Test
    void each_alert_names_its_vietnamese_page_and_the_same_values_in_vietnamese() {
        for (AlertRules.Alert alert : alerts) {
            Map<String, String> annotations = alert.annotations();
            assertEquals("docs/vi/runbook/" + alert.alert() + ".md", annotations.get("runbook_vi"));
            assertTrue(Files.isRegularFile(Path.of(annotations.get("runbook_vi"))), annotations.get("runbook_vi"));
            for (String text : List.of("summary", "description")) {
                assertEquals(values(annotations.get(text)), values(annotations.get(text + "_vi")), alert.alert());
            }
        }
    }

    private static Set<String> values(String text) {
        return TEMPLATE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void each_page_says_what_it_means_what_to_look_at_and_what_to_do() throws IOException {
        for (String alert : names()) {
            List<String> headings = Files.readAllLines(RUNBOOK.resolve(alert + ".md")).stream()
                    .filter(line -> line.startsWith("#"))
                    .toList();
            assertEquals(
                    List.of("# " + alert, "## What it means", "## What to look at", "## What to do"), headings, alert);
        }
    }

    @Test
    void each_alert_says_how_urgent_it_is_and_what_to_do() {
        assertFalse(alerts.isEmpty());
        for (AlertRules.Alert alert : alerts) {
            assertTrue(alert.alert().startsWith("AlohubSync"), alert.alert());
            assertTrue(Set.of("critical", "warning").contains(alert.labels().get("severity")), alert.alert());
            assertEquals(
                    Set.of("summary", "summary_vi", "description", "description_vi", "runbook", "runbook_vi"),
                    alert.annotations().keySet(),
                    alert.alert());
        }
    }

    @Test
    void each_alert_is_shown_to_fire_and_to_keep_quiet() {
        Map<Boolean, Set<String>> shown = AlertRules.list(AlertRules.yaml(RULE_TESTS), "tests").stream()
                .flatMap(test -> AlertRules.list(test, "alert_rule_test").stream())
                .collect(Collectors.partitioningBy(
                        at -> !AlertRules.list(at, "exp_alerts").isEmpty(),
                        Collectors.mapping(at -> String.valueOf(at.get("alertname")), Collectors.toSet())));
        assertEquals(names(), new TreeSet<>(shown.get(true)), "fire");
        Set<String> silent = new TreeSet<>(names());
        silent.removeAll(shown.get(false));
        assertEquals(
                Set.of("AlohubSyncRowsOutOfOrder"), silent, "are not shown to keep quiet: this one is, of other jobs");
    }

    @Test
    void each_metric_of_alerts_and_dashboard_is_documented() throws IOException {
        String documented = Files.readString(Path.of("docs/metrics.md"));
        Set<String> unknown = new TreeSet<>();
        Stream.concat(
                        alerts.stream().map(AlertRules.Alert::expression),
                        Dashboard.queries().stream().map(Dashboard.Query::expression))
                .flatMap(expression -> METRIC.matcher(expression).results().map(MatchResult::group))
                .filter(metric -> !documented.contains("`" + metric + "`"))
                .map(metric -> metric.replaceFirst("(_bucket|_sum|_count)$", "")) // of a histogram
                .filter(metric -> !documented.contains("`" + metric + "`"))
                .forEach(unknown::add);
        assertEquals(Set.of(), unknown);
    }

    @Test
    void each_panel_says_what_good_looks_like_in_which_unit() {
        for (JsonObject panel : Dashboard.panels()) {
            String title = panel.getString("title");
            assertTrue(title.contains(":"), title);
            assertFalse(panel.getString("description").isBlank(), title);
            assertFalse(
                    panel.getJsonObject("fieldConfig")
                            .getJsonObject("defaults")
                            .getString("unit")
                            .isBlank(),
                    title);
            assertEquals("${datasource}", panel.getJsonObject("datasource").getString("uid"), title);
        }
    }

    @Test
    void panels_lie_beside_each_other_and_have_numbers_of_their_own() {
        List<JsonObject> panels = Dashboard.objects(Dashboard.json().getJsonArray("panels"));
        Set<Integer> numbers = new TreeSet<>();
        Set<String> covered = new TreeSet<>();
        for (JsonObject panel : panels) {
            assertTrue(numbers.add(panel.getInteger("id")), "twice: " + panel.getInteger("id"));
            JsonObject place = panel.getJsonObject("gridPos");
            assertTrue(place.getInteger("x") + place.getInteger("w") <= 24, panel.getString("title"));
            for (int x = place.getInteger("x"); x < place.getInteger("x") + place.getInteger("w"); x++) {
                for (int y = place.getInteger("y"); y < place.getInteger("y") + place.getInteger("h"); y++) {
                    assertTrue(covered.add(x + "," + y), panel.getString("title") + " lies upon another");
                }
            }
        }
    }

    @Test
    void the_dashboard_uses_the_variables_that_it_has() {
        Set<String> declared =
                Dashboard.objects(Dashboard.json().getJsonObject("templating").getJsonArray("list")).stream()
                        .map(variable -> variable.getString("name"))
                        .collect(Collectors.toCollection(TreeSet::new));
        declared.add("__rate_interval"); // Grafana's own
        assertEquals(new TreeSet<>(VARIABLES), declared);
        for (Dashboard.Query query : Dashboard.queries()) {
            VARIABLE.matcher(query.expression())
                    .results()
                    .forEach(found -> assertTrue(VARIABLES.contains(found.group(1)), query.expression()));
        }
    }

    private Set<String> names() {
        return alerts.stream().map(AlertRules.Alert::alert).collect(Collectors.toCollection(TreeSet::new));
    }
}
