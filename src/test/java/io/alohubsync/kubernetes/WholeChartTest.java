package io.alohubsync.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.config.SettingNames;
import io.alohubsync.monitoring.AlertRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart with every value in use, and what must hold of each rendering. */
@ResourceLock("Helm") // its library renders one chart at a time
class WholeChartTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static List<JsonNode> objects(String set) {
        return Chart.objects(set.equals("all") ? Chart.whole() : Chart.rendered(set));
    }

    private static JsonNode pod(List<JsonNode> objects) {
        return Chart.only(objects, "Deployment").at("/spec/template/spec");
    }

    private static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.of("initContainers", "containers").flatMap(list -> Manifests.elements(pod.path(list)));
    }

    private static List<String> texts(JsonNode list, String field) {
        return Manifests.elements(list)
                .map(element -> element.path(field).asText())
                .toList();
    }

    @Test
    void it_has_no_unknown_or_missing_field_and_is_restricted() {
        assertEquals(List.of(), Manifests.problemsOf(objects("all")));
    }

    @Test
    void every_variable_is_a_setting_that_the_daemon_knows() {
        List<String> names = containers(pod(objects("all")))
                .flatMap(container -> texts(container.path("env"), "name").stream())
                .toList();
        assertEquals(List.of(), new SettingNames().problemsOf(List.of(), names));
    }

    /** The API server refuses a list of things with a name that comes twice, or keeps one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "production", "all"})
    void no_name_comes_twice(String set) {
        JsonNode pod = pod(objects(set));
        once(texts(pod.path("volumes"), "name"));
        containers(pod).forEach(container -> {
            once(texts(container.path("env"), "name"));
            once(texts(container.path("volumeMounts"), "mountPath"));
            once(texts(container.path("ports"), "name"));
            assertTrue(
                    texts(pod.path("volumes"), "name").containsAll(texts(container.path("volumeMounts"), "name")),
                    "each mount has its volume");
        });
    }

    private static void once(List<String> names) {
        assertEquals(names.size(), new TreeSet<>(names).size(), names::toString);
    }

    /** As YAML reads them without quotes: true, a number. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "null", "123", "1e3"})
    void a_name_that_looks_like_something_else_stays_a_text(String name) {
        String rendered = Chart.rendered("small", Chart.REQUIRED, Chart.file("""
                alohub: {keySecret: {name: "%1$s", key: "%1$s"}}
                database: {worker: {secret: "%1$s", usernameKey: "%1$s"}}
                console: {secret: "%1$s"}
                priorityClassName: "%1$s"
                secretSettings: ["%1$s"]
                image: {pullSecrets: ["%1$s"]}
                """.formatted(name)));
        JsonNode pod = pod(Chart.objects(rendered));
        for (String field : List.of(
                "/volumes/1/secret/secretName",
                "/volumes/1/secret/items/0/key",
                "/volumes/2/secret/secretName",
                "/containers/0/env/1/valueFrom/secretKeyRef/name",
                "/containers/0/env/1/valueFrom/secretKeyRef/key",
                "/containers/0/envFrom/0/secretRef/name",
                "/imagePullSecrets/0/name",
                "/priorityClassName")) {
            assertTrue(pod.at(field).isTextual(), field + ": " + pod.at(field));
            assertEquals(name, pod.at(field).asText());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://crm.example.vn,            jdbc:postgresql://db:5432/erp,         53 53 5432 443",
        "https://crm.example.vn:8443/api,   jdbc:postgresql://pooler:6432/erp,     53 53 6432 8443",
        "http://crm.example.vn,             jdbc:postgresql://db/erp?x=a:1,        53 53 5432 80",
        "https://crm.example.vn,            'jdbc:postgresql://a:6432,b/erp',      53 53 6432 5432 443",
        "https://[2001:db8::1]:444,         jdbc:postgresql://[fd00::12]/erp,      53 53 5432 444"
    })
    void the_network_lets_out_to_the_ports_of_the_addresses(String baseUrl, String jdbcUrl, String ports) {
        String file = "alohub: {baseUrl: '" + baseUrl + "'}\ndatabase: {jdbcUrl: '" + jdbcUrl + "'}\n";
        assertEquals(ports, egress(Chart.objects(Chart.rendered("small", Map.of(), Chart.file(file)))));
    }

    @Test
    void the_network_lets_out_to_all_that_is_configured() {
        assertEquals("5353 5353 6432 5432 8443 443 3128 465 8444 4318", egress(objects("all")));
    }

    private static String egress(List<JsonNode> objects) {
        return String.join(
                " ",
                objects.stream()
                        .filter(object -> object.path("kind").asText().equals("NetworkPolicy"))
                        .flatMap(policy -> Manifests.elements(policy.at("/spec/egress")))
                        .flatMap(rule -> texts(rule.path("ports"), "port").stream())
                        .toList());
    }

    /** A variable would count for commands in the container too. */
    @Test
    void a_heap_reaches_the_daemon_alone_in_the_command_of_the_image() throws IOException {
        String entry = Files.readAllLines(Path.of("docker/Dockerfile")).getLast();
        List<String> expected =
                new ArrayList<>(Manifests.elements(new ObjectMapper().readTree(entry.substring("ENTRYPOINT ".length())))
                        .map(JsonNode::asText)
                        .toList());
        expected.add(expected.indexOf("@/app/jvm.options") + 1, "-Xmx256m");
        JsonNode pod = pod(objects("all"));
        assertEquals(
                expected,
                Manifests.elements(pod.at("/containers/0/command"))
                        .map(JsonNode::asText)
                        .toList());
        assertTrue(pod.at("/initContainers/0/command").isMissingNode());
        containers(pod)
                .forEach(container -> assertFalse(
                        container.path("env").toString().contains("-Xm"),
                        container.path("env").toString()));
        assertTrue(pod(objects("production")).at("/containers/0/command").isMissingNode(), "the image's own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | true",
                "settings: {ALOHUB_CONSOLE_PROXY_NETWORKS: 10.0.0.0/24} | false",
                "console: {oidc: {url: 'https://login.example.vn', clientId: a}} | false",
                "settings: {ALOHUB_CONSOLE_PROXY_NETWORKS: 10.0.0.0/24}\\nconsole: {users: true} | true",
                "console: {users: true, oidc: {url: 'https://login.example.vn', clientId: a}} | true",
                "console: {users: false} | false"
            })
    void the_users_file_is_set_where_the_secret_has_one(String values, boolean set) {
        Map<String, String> all = new HashMap<>(Chart.REQUIRED);
        all.put("console.secret", "alohub-console");
        String rendered = Chart.rendered("small", all, Chart.file(values == null ? "{}" : values.replace("\\n", "\n")));
        assertEquals(set, rendered.contains("ALOHUB_CONSOLE_USERS_FILE"));
    }

    @Test
    void alerts_have_the_threshold_and_the_pages_of_the_values() {
        JsonNode rules = Chart.only(objects("all"), "PrometheusRule").at("/spec/groups/0/rules");
        TreeSet<String> expected = new TreeSet<>();
        AlertRules.alerts().forEach(alert -> expected.add(alert.alert()));
        expected.removeAll(List.of("AlohubSyncDead", "AlohubSyncStorageGrowing"));
        assertEquals(expected, new TreeSet<>(texts(rules, "alert")));
        for (JsonNode rule : rules) {
            assertEquals(
                    "https://alohub-sync.example.vn/docs/runbook/"
                            + rule.path("alert").asText(),
                    rule.at("/annotations/runbook_url").asText());
        }
        assertTrue(rules.toString().contains("> 200e9"), "the threshold");
        assertTrue(rules.toString().contains("more than 200 GB"), "its sentence");
        assertFalse(rules.toString().contains("50e9") || rules.toString().contains("50 GB"), "the default");
    }

    /** In its first column, as {@code image.repository} and, behind it, {@code .tag}. */
    @Test
    void the_documents_name_values_that_exist() throws IOException {
        JsonNode values = Chart.objects(Files.readString(Chart.FOLDER.resolve("values.yaml")))
                .getFirst();
        String page = Files.readString(Path.of("docs/kubernetes.md"));
        String table = page.substring(page.indexOf("## Values"), page.indexOf("## Rotate the key"));
        List<String> unknown = new ArrayList<>();
        table.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            String first = null;
            for (MatchResult name :
                    CODE.matcher(line.split(" \\| ")[0]).results().toList()) {
                String path = name.group(1);
                first = path.startsWith(".") ? first : path;
                if (!(path.startsWith(".") ? behind(values, first, path) : exists(values, path))) {
                    unknown.add(path);
                }
            }
        });
        assertEquals(List.of(), unknown);
    }

    /** Kubernetes' own default is 300 s. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "all"})
    void a_pod_of_a_node_that_is_gone_is_replaced_soon(String set) {
        List<String> soon = Manifests.elements(pod(objects(set)).path("tolerations"))
                .filter(each -> each.path("tolerationSeconds").asInt() == 30)
                .map(each -> each.path("key").asText())
                .toList();
        assertEquals(List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"), soon);
    }

    @Test
    void the_documents_name_the_replicas_of_production() throws IOException {
        JsonNode keda = Chart.objects(Files.readString(Chart.FOLDER.resolve("values-production.yaml")))
                .getFirst()
                .path("keda");
        int most = keda.path("maxReplicas").asInt();
        String page = Files.readString(Path.of("docs/kubernetes.md")).replaceAll("\\s+", " ");
        for (String sentence : List.of(
                "`values-production.yaml` runs " + keda.path("minReplicas").asInt() + " to " + most + " replicas",
                "| `production` | (" + most + " + 1) × ")) {
            assertTrue(page.contains(sentence), sentence);
        }
    }

    private static boolean exists(JsonNode values, String path) {
        return !values.at("/" + path.replace('.', '/')).isMissingNode();
    }

    private static boolean behind(JsonNode values, String first, String path) {
        String beginning = first;
        while (beginning.contains(".")) {
            beginning = beginning.substring(0, beginning.lastIndexOf('.'));
            if (exists(values, beginning + path)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void without_policies_and_migration_nothing_of_them_is_left() {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.put("networkPolicy.enabled", "false");
        values.put("database.migration.enabled", "false");
        List<JsonNode> objects = Chart.objects(Chart.rendered("small", values));
        assertEquals(
                List.of("Service", "Deployment"),
                objects.stream().map(object -> object.path("kind").asText()).toList());
        assertTrue(pod(objects).path("initContainers").isMissingNode());
        assertEquals(List.of(), Manifests.problemsOf(objects));
    }
}
