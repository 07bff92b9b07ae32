package io.alohubsync.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import io.alohubsync.config.SettingNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm sees it, and the rendered files for those without Helm. */
@ResourceLock("Helm") // its library renders one chart at a time
class ChartTest {

    /** {@code ./mvnw -q test -Dtest=ChartTest -Dchart.write=true} writes docker/kubernetes anew. */
    private static final boolean WRITE = Boolean.getBoolean("chart.write");

    @Test
    void helm_finds_nothing_to_complain_of() {
        LintResult result = Chart.lint();
        assertFalse(result.isFailed(), result.getMessages().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void helm_finds_nothing_to_complain_of_in_a_value_set(String set) {
        LintResult result = Chart.lint(set);
        assertFalse(result.isFailed(), result.getMessages().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void the_rendered_file_is_what_the_chart_renders(String set) throws Exception {
        String head = "# The chart src/main/helm/alohub-sync with values-" + set
                + ".yaml, for those without Helm. Written by ./mvnw -q test -Dtest=ChartTest -Dchart.write=true\n"
                + "# Replace the image and the addresses at example.vn; where they are others, also namespace=\"alohub\" and the ports 443 and 5432.\n"
                + "# docs/kubernetes.md has the rest.\n";
        Path file = Chart.RENDERED.resolve(set + ".yaml");
        String rendered = head + Chart.rendered(set);
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, rendered);
        }
        assertEquals(
                rendered, Files.readString(file), "write it anew: ./mvnw -q test -Dtest=ChartTest -Dchart.write=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alohub.baseUrl | crm.example.vn",
                "database.jdbcUrl | mysql://db",
                "database.jdbcUrl | jdbc:postgresql://db/erp?password=secret",
                "database.jdbcUrl | jdbc:postgresql://db/erp?sslpassword=secret",
                "extraEnv[0].name | HTTPS_PROXY",
                "extraEnv[0].value | http://proxy.example.vn:3128",
                "extraVolumes[0].name | ca",
                "extraVolumes[0].hostPath.path | /etc",
                "extraVolumeMounts[0].mountPath | /etc/ca",
                "extraVolumeMounts[0].mountPath | /etc/alohub-sync/console",
                "extraVolumeMounts[0].mountPath | /etc/alohub-sync/webhook",
                "extraVolumeMounts[0].mountPath | /etc/alohub-sync",
                "extraVolumeMounts[0].mountPath | /opt/java/lib",
                "extraVolumes[0].name | console",
                "networkPolicy.proxy.port | 0",
                "notify.webhook.url | http://chat.example.vn/hook",
                "monitoring.prometheusRule.storageGigabytes | 0",
                "heap | 256Mi",
                "serviceAccountName | Alohub Sync",
                "image.pullPolicy | Sometimes",
                "replicas | many",
                "replica | 2",
                "settings.ALOHUB_API_KEY | secret",
                "settings.ALOHUB_DATABASE_MIGRATE | true",
                "settings.alohub_rate | 50",
                "accounts.brandb.baseUrl | https://brandb.example.vn",
                "accounts.Brand-B.baseUrl | https://brandb.example.vn",
                "networkPolicy.database.port | 70000",
                "keda.threshold | 0",
                "console.secret | Alohub Console",
                "console.oidc.url | login.example.vn",
                "console.forwarders[0] | ingress",
                "console.language | fr",
                "monitoring.serviceMonitor.interval | often",
                "resources.limits.memory | null"
            })
    void a_wrong_value_is_refused(String name, String value) {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.put(name, value);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Chart.rendered("production", values));
        assertTrue(refused.getMessage().contains("don't meet the specifications of the schema"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "terminationGracePeriodSeconds,          33,         34",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 60s,        74",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 60,         74",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 060,        74",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 60001ms,    75",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 1m30s,      104",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 60.5s,      75",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 1h,         3614",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, 1d,         86414",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, PT60S,      74",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, pt1m0.001s, 75",
        "settings.ALOHUB_DELIVERY_CALL_DEADLINE, P1DT2H,     93614",
        "settings.ALOHUB_POLL_INTERVAL,          1m,         93"
    })
    void a_grace_that_is_shorter_than_a_stop_is_refused(String name, String value, String least) {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.put(name, value);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Chart.rendered("production", values));
        assertTrue(refused.getMessage().contains("set it to at least " + least), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "60 s", "-60s", "P1M", "1w", "PT", "1.5h", "PT60"})
    void a_time_that_the_daemon_would_not_take_is_refused(String time) {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.put("settings.ALOHUB_DELIVERY_CALL_DEADLINE", time);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Chart.rendered("production", values));
        assertTrue(
                refused.getMessage().contains("settings.ALOHUB_DELIVERY_CALL_DEADLINE (" + time + ") is no time"),
                refused.getMessage());
    }

    private static Map<String, String> withCertificate() {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.put("extraVolumes[0].name", "ca");
        values.put("extraVolumes[0].configMap.name", "database-ca");
        values.put("extraVolumeMounts[0].name", "ca");
        values.put("extraVolumeMounts[0].mountPath", "/etc/alohub-sync/ca");
        values.put("extraVolumeMounts[0].readOnly", "true");
        values.put("extraEnv[0].name", "JAVA_TOOL_OPTIONS");
        values.put("extraEnv[0].value", "-Djavax.net.ssl.trustStore=/etc/alohub-sync/ca/truststore.p12");
        values.put("extraEnv[1].name", "HTTPS_PROXY");
        values.put("extraEnv[1].valueFrom.secretKeyRef.name", "proxy");
        values.put("extraEnv[1].valueFrom.secretKeyRef.key", "url");
        values.put("networkPolicy.proxy.to[0].ipBlock.cidr", "10.9.0.1/32");
        return values;
    }

    @Test
    void certificates_and_variables_reach_the_daemon_and_the_container_that_migrates() {
        List<JsonNode> objects = Chart.objects(Chart.rendered("production", withCertificate()));
        JsonNode pod = Chart.only(objects, "Deployment").at("/spec/template/spec");
        for (String container : List.of("/containers/0", "/initContainers/0")) {
            assertTrue(
                    Manifests.elements(pod.at(container + "/volumeMounts"))
                            .anyMatch(mount -> mount.path("mountPath").asText().equals("/etc/alohub-sync/ca")
                                    && mount.path("readOnly").asBoolean()),
                    container);
            List<JsonNode> variables =
                    Manifests.elements(pod.at(container + "/env")).toList();
            assertTrue(
                    variables.stream()
                            .anyMatch(variable -> variable.path("name").asText().equals("JAVA_TOOL_OPTIONS")
                                    && variable.path("value").asText().contains("truststore.p12")),
                    container);
            assertTrue(
                    variables.stream()
                            .anyMatch(variable -> variable.at("/valueFrom/secretKeyRef/name")
                                    .asText()
                                    .equals("proxy")),
                    container);
        }
        assertTrue(Manifests.elements(pod.path("volumes"))
                .anyMatch(volume -> volume.at("/configMap/name").asText().equals("database-ca")));
        assertTrue(
                Chart.rendered("production", withCertificate()).contains("10.9.0.1/32"),
                "the network policy lets it reach the proxy");
    }

    @Test
    void a_setting_of_the_daemon_among_the_further_variables_is_refused() {
        Map<String, String> values = withCertificate();
        values.put("extraEnv[0].name", "ALOHUB_RATE");
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Chart.rendered("production", values));
        assertTrue(
                refused.getMessage().contains("extraEnv holds ALOHUB_RATE, a setting of the daemon"),
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"alohub.baseUrl", "database.jdbcUrl"})
    void a_missing_value_is_asked_for_by_name(String name) {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.remove(name);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Chart.rendered("small", values));
        assertTrue(refused.getMessage().contains(name + " is missing: set it to"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void every_variable_is_a_setting_that_the_daemon_knows(String set) {
        assertEquals(List.of(), unknown(Chart.objects(Chart.rendered(set))));
    }

    @Test
    void every_variable_of_accounts_and_settings_is_one_too() {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.put("accounts.brandb.baseUrl", "https://brandb.example.vn");
        values.put("accounts.brandb.keySecret.name", "alohub-key-brandb");
        values.put("accounts.brandb.keySecret.key", "key");
        for (String setting : List.of(
                "API_KEY_HEADER",
                "PHONE_FORMAT",
                "CONCURRENCY",
                "RATE",
                "RATE_BURST",
                "ORDER",
                "SOURCE_VERSION_UNIT")) {
            values.put("accounts.brandb.settings." + setting, "x");
        }
        values.put("settings.ALOHUB_RATE", "300/10s");
        List<JsonNode> objects = Chart.objects(Chart.rendered("small", values));
        List<String> variables = variables(objects);
        assertTrue(variables.contains("ALOHUB_ACCOUNTS_BRANDB_API_KEY_FILE"), variables.toString());
        assertTrue(variables.contains("ALOHUB_ACCOUNTS_BRANDB_SOURCE_VERSION_UNIT"), variables.toString());
        assertTrue(variables.contains("ALOHUB_RATE"), variables.toString());
        assertEquals(List.of(), unknown(objects));
        values.put("settings.ALOHUB_RAET", "300/10s");
        assertEquals(1, unknown(Chart.objects(Chart.rendered("small", values))).size());
    }

    @Test
    void the_secret_of_the_console_opens_it_to_its_users_or_to_a_single_sign_on() {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        assertFalse(Chart.rendered("small", values).contains("CONSOLE"), "closed by default");
        values.put("console.secret", "alohub-console");
        values.put("console.forwarders[0]", "10.0.12.0/24");
        List<JsonNode> objects = Chart.objects(Chart.rendered("small", values));
        JsonNode pod = Chart.only(objects, "Deployment").at("/spec/template/spec");
        assertTrue(Manifests.elements(pod.path("volumes"))
                .anyMatch(volume -> volume.at("/secret/secretName").asText().equals("alohub-console")));
        assertTrue(Manifests.elements(pod.at("/containers/0/volumeMounts"))
                .anyMatch(mount -> mount.path("mountPath").asText().equals("/etc/alohub-sync/console")
                        && mount.path("readOnly").asBoolean()));
        assertTrue(variables(objects)
                .containsAll(List.of(
                        "ALOHUB_CONSOLE_USERS_FILE",
                        "ALOHUB_CONSOLE_ENCRYPTION_KEY_FILE",
                        "ALOHUB_CONSOLE_FORWARDERS",
                        "ALOHUB_CONSOLE_LANGUAGE")));
        assertEquals(List.of(), unknown(objects));
        values.put("console.oidc.url", "https://login.example.vn/realms/company");
        assertTrue(refusalOf(values).contains("console.oidc.clientId is missing: set it to"));
        values.put("console.oidc.clientId", "alohub-sync");
        objects = Chart.objects(Chart.rendered("small", values));
        assertTrue(variables(objects).contains("ALOHUB_CONSOLE_OIDC_CLIENT_SECRET_FILE"));
        assertFalse(variables(objects).contains("ALOHUB_CONSOLE_USERS_FILE"));
        assertEquals(List.of(), unknown(objects));
        values.remove("console.secret");
        assertTrue(refusalOf(values).contains("console.secret is missing: set it to"));
    }

    @Test
    void the_secret_of_the_webhook_is_a_file_and_no_variable() {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        assertFalse(Chart.rendered("small", values).contains("webhook"), "off by default");
        values.put("notify.webhook.url", "https://chat.example.vn/hook");
        values.put("notify.webhook.secret.name", "alohub-webhook");
        List<JsonNode> objects = Chart.objects(Chart.rendered("small", values));
        JsonNode pod = Chart.only(objects, "Deployment").at("/spec/template/spec");
        assertTrue(Manifests.elements(pod.path("volumes"))
                .anyMatch(volume -> volume.at("/secret/secretName").asText().equals("alohub-webhook")));
        JsonNode env = pod.at("/containers/0/env");
        assertTrue(
                env.toString()
                        .contains(
                                "{\"name\":\"ALOHUB_NOTIFY_WEBHOOK_SECRET_FILE\",\"value\":\"/etc/alohub-sync/webhook/secret\"}"));
        assertFalse(env.toString().contains("alohub-webhook"), env.toString());
        assertEquals(List.of(), unknown(objects));
    }

    private static String refusalOf(Map<String, String> values) {
        return assertThrows(IllegalStateException.class, () -> Chart.rendered("small", values))
                .getMessage();
    }

    private static List<String> unknown(List<JsonNode> objects) {
        return new SettingNames().problemsOf(List.of(), variables(objects));
    }

    private static List<String> variables(List<JsonNode> objects) {
        JsonNode pod = Chart.only(objects, "Deployment").at("/spec/template/spec");
        List<String> names = new ArrayList<>();
        Stream.of("containers", "initContainers")
                .flatMap(containers -> Manifests.elements(pod.path(containers)))
                .flatMap(container -> Manifests.elements(container.path("env")))
                .forEach(variable -> names.add(variable.path("name").asText()));
        return names;
    }

    @Test
    void the_chart_takes_the_image_of_the_programs_version() throws Exception {
        Matcher version = Pattern.compile("<artifactId>alohub-sync</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(version.find());
        JsonNode chart = Chart.objects(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
                .getFirst();
        assertEquals(
                version.group(1).replace("-SNAPSHOT", ""),
                chart.path("appVersion").asText());
    }

    @Test
    void alerts_keep_what_prometheus_fills_in() {
        String rule = Chart.object("production", "PrometheusRule").toString();
        assertTrue(rule.contains("{{ $labels."), rule);
    }

    @Test
    void keda_and_the_deployment_do_not_both_say_how_many_replicas_there_are() {
        assertTrue(Chart.object("production", "Deployment").at("/spec/replicas").isMissingNode());
        assertEquals(
                2,
                Chart.object("production", "ScaledObject")
                        .at("/spec/minReplicaCount")
                        .asInt());
        assertEquals(1, Chart.object("small", "Deployment").at("/spec/replicas").asInt());
    }

    @Test
    void the_small_set_needs_no_operator() {
        List<String> groups = Chart.objects(Chart.rendered("small")).stream()
                .map(object -> object.path("apiVersion").asText())
                .distinct()
                .sorted()
                .toList();
        assertEquals(List.of("apps/v1", "networking.k8s.io/v1", "v1"), groups);
    }
}
