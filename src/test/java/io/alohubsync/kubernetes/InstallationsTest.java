package io.alohubsync.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.Required;
import io.alohubsync.monitoring.Prometheus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Several installations in one cluster and one Prometheus: each looks at itself alone. */
@ResourceLock("Helm") // its library renders one chart at a time
class InstallationsTest {

    private static final Pattern SELECTOR = Pattern.compile("(?:alohub_sync_\\w+|\\bup\\b)[^\\w]");
    private static final String OWN = "{job=\"crm-alohub-sync\",namespace=\"shop\"";

    private static List<JsonNode> installation(String namespace) {
        return Chart.objects(Chart.rendered("crm", namespace, "production", Chart.REQUIRED));
    }

    private static Stream<String> expressions(List<JsonNode> objects) {
        JsonNode rules = Chart.only(objects, "PrometheusRule").at("/spec/groups/0/rules");
        JsonNode query = Chart.only(objects, "ScaledObject").at("/spec/triggers/0/metadata/query");
        return Stream.concat(
                Manifests.elements(rules).map(rule -> rule.path("expr").asText()), Stream.of(query.asText()));
    }

    @Test
    void every_selector_of_rules_and_of_keda_names_it() {
        List<String> others = expressions(installation("shop"))
                .flatMap(expression -> SELECTOR.matcher(expression)
                        .results()
                        .map(found -> expression.substring(found.start()))
                        .filter(selector -> !selector.replaceFirst("^\\w+", "").startsWith(OWN)))
                .toList();
        assertEquals(List.of(), others);
        assertEquals(
                18,
                expressions(installation("shop"))
                        .filter(each -> each.contains(OWN))
                        .count());
    }

    @Test
    void labels_of_another_way_of_scraping_take_their_place() {
        String rendered =
                Chart.rendered("production", Chart.REQUIRED, Chart.file("monitoring: {seriesLabels: {job: crm}}"));
        assertTrue(rendered.contains("alohub_sync_customers{job=\"crm\",status=\"DEAD\"}"), rendered);
        assertTrue(rendered.contains("0 * max(alohub_sync_due_now{job=\\\"crm\\\"})"), rendered);
    }

    @Test
    void a_query_of_ones_own_stays_as_it_is() {
        assertTrue(Chart.rendered("production", Chart.REQUIRED, Chart.file("keda: {query: max(alohub_sync_due_now)}"))
                .contains("query: \"max(alohub_sync_due_now)\""));
    }

    @Test
    void dashboards_of_two_do_not_take_each_others_place() throws Exception {
        JsonNode one = Chart.only(installation("shop"), "ConfigMap").path("data");
        JsonNode other = Chart.only(installation("crm"), "ConfigMap").path("data");
        assertEquals("shop-crm-alohub-sync.json", one.fieldNames().next());
        assertEquals("crm-crm-alohub-sync.json", other.fieldNames().next());
        for (String field : List.of("uid", "title")) {
            assertNotEquals(dashboard(one).get(field), dashboard(other).get(field), field);
        }
        assertTrue(dashboard(one).path("uid").asText().length() <= 40, "Grafana takes no longer one");
    }

    private static JsonNode dashboard(JsonNode data) throws Exception {
        return new ObjectMapper().readTree(data.elements().next().asText());
    }

    @Test
    void one_that_was_never_scraped_and_one_that_is_gone_for_longer_than_a_day_are_reported_beside_others(
            @TempDir Path folder) throws Exception {
        Required.toBeThere(Prometheus.NEEDED, Prometheus.isInstalled());
        JsonNode spec = Chart.only(installation("shop"), "PrometheusRule").path("spec");
        Files.writeString(folder.resolve("rules.yaml"), spec.toString());
        String test = Files.writeString(folder.resolve("test.yaml"), """
                rule_files: [rules.yaml]
                evaluation_interval: 2m
                tests:
                  - interval: 2m
                    input_series:
                      - {series: 'alohub_sync_rows_new{namespace="other", job="crm-alohub-sync"}', values: '0x10'}
                    promql_expr_test:
                      - {expr: "%1$s", eval_time: 4m, exp_samples: []}
                      - {expr: "%1$s", eval_time: 8m, exp_samples: [{labels: '%2$s', value: 1}]}
                  - interval: 2m
                    input_series:
                      - {series: 'alohub_sync_rows_new{namespace="other", job="crm-alohub-sync"}', values: '0x900'}
                      - {series: 'alohub_sync_customers{namespace="other", job="crm-alohub-sync", account="default", status="DEAD"}', values: '9x900'}
                      - {series: 'alohub_sync_rows_new{namespace="shop", job="crm-alohub-sync"}', values: '0x10 stale'}
                    promql_expr_test:
                      - {expr: "%1$s", eval_time: 20m, exp_samples: []}
                      - {expr: "%1$s", eval_time: 40m, exp_samples: [{labels: '%2$s', value: 1}]}
                      - {expr: "%1$s", eval_time: 1462m, exp_samples: [{labels: '%2$s', value: 1}]}
                      - {expr: "%1$s", eval_time: 26h, exp_samples: [{labels: '%2$s', value: 1}]}
                """.formatted(
                                "count by (alertname, namespace) (ALERTS{alertstate='firing'})",
                                "{alertname=\"AlohubSyncAbsent\", namespace=\"shop\"}"))
                .toString();
        assertEquals("", Prometheus.complaintsOfPromtool("test", "rules", test));
    }
}
