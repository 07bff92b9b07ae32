package io.alohubsync.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rendered manifests against Kubernetes' own models, and what they must say. */
@ResourceLock("Helm") // its library renders one chart at a time
class ManifestSchemaTest {

    private static final Pattern FENCED = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Path BROKEN = Path.of("src/test/resources/kubernetes/broken");

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void a_value_set_has_no_unknown_or_missing_field_and_is_restricted(String set) {
        assertEquals(List.of(), Manifests.problemsOf(Chart.objects(Chart.rendered(set))));
    }

    /** They are fenced, and have a kind. */
    @Test
    void the_manifests_of_the_documents_have_no_unknown_or_missing_field_and_are_restricted() throws IOException {
        List<JsonNode> manifests = FENCED.matcher(Files.readString(Path.of("docs/kubernetes.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.startsWith("apiVersion: "))
                .flatMap(block -> Chart.objects(block).stream())
                .toList();
        assertEquals(
                List.of("Ingress", "Ingress", "Job"),
                manifests.stream()
                        .map(manifest -> manifest.path("kind").asText())
                        .toList());
        assertEquals(List.of(), Manifests.problemsOf(manifests));
    }

    /**
     * Those whose first line says that this check finds them; the others are for kubernetes-models.
     */
    static Stream<Path> broken() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files.filter(file -> complaint(file) != null).sorted().toList().stream();
        }
    }

    private static String complaint(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("# client-java: "))
                    .map(line -> line.substring("# client-java: ".length()))
                    .findFirst()
                    .orElse(null);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_manifest_is_found(Path file) throws IOException {
        List<String> problems = Manifests.problemsOf(Chart.objects(Files.readString(file)));
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(complaint(file))), problems.toString());
    }

    @Test
    void there_are_broken_manifests() throws IOException {
        assertFalse(broken().toList().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void the_deployment_keeps_its_promises(String set) {
        JsonNode deployment = Chart.object(set, "Deployment");
        JsonNode pod = deployment.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        assertEquals(
                0, deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(-1), "a rollout has no gap");
        assertEquals(
                "/q/health/started", container.at("/startupProbe/httpGet/path").asText());
        assertEquals("management", container.at("/startupProbe/httpGet/port").asText());
        assertEquals(
                "/q/health/ready", container.at("/readinessProbe/httpGet/path").asText());
        assertEquals("management", container.at("/readinessProbe/httpGet/port").asText());
        assertEquals(
                "/q/health/live", container.at("/livenessProbe/httpGet/path").asText());
        assertEquals("management", container.at("/livenessProbe/httpGet/port").asText());
        assertTrue(container.at("/resources/limits/cpu").isMissingNode());
        Duration stopping = Duration.ofSeconds(20 + 1 + 8); // docs/settings.md, "Stopping", with the default settings
        assertTrue(pod.path("terminationGracePeriodSeconds").asInt() >= stopping.toSeconds());
        assertTrue(pod.path("topologySpreadConstraints").size() >= 1);
        assertTrue(Manifests.elements(container.path("volumeMounts"))
                .anyMatch(mount -> mount.path("mountPath").asText().equals("/etc/alohub-sync/keys/default")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void migration_and_daemon_have_users_of_their_own(String set) {
        JsonNode pod = Chart.object(set, "Deployment").at("/spec/template/spec");
        assertEquals("migrate", pod.at("/initContainers/0/args/0").asText());
        assertEquals("alohub-database-owner", secretOf(pod.at("/initContainers/0")));
        assertEquals("alohub-database-worker", secretOf(pod.at("/containers/0")));
        assertEquals(
                "false",
                Manifests.elements(pod.at("/containers/0/env"))
                        .filter(variable -> variable.path("name").asText().equals("ALOHUB_DATABASE_MIGRATE"))
                        .map(variable -> variable.path("value").asText())
                        .findFirst()
                        .orElseThrow());
    }

    private static String secretOf(JsonNode container) {
        return Manifests.elements(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals("QUARKUS_DATASOURCE_PASSWORD"))
                .map(variable -> variable.at("/valueFrom/secretKeyRef/name").asText())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void nothing_comes_in_or_goes_out_but_what_is_named(String set) {
        List<JsonNode> policies = Chart.objects(Chart.rendered(set)).stream()
                .filter(object -> object.path("kind").asText().equals("NetworkPolicy"))
                .toList();
        JsonNode labels = Chart.object(set, "Deployment").at("/spec/template/metadata/labels");
        for (JsonNode policy : policies) {
            policy.at("/spec/podSelector/matchLabels")
                    .properties()
                    .forEach(
                            label -> assertEquals(label.getValue(), labels.get(label.getKey()), "it selects our pods"));
            assertEquals(
                    "[\"Ingress\",\"Egress\"]", policy.at("/spec/policyTypes").toString());
        }
        assertTrue(
                policies.stream()
                        .anyMatch(policy -> policy.at("/spec/ingress").isMissingNode()
                                && policy.at("/spec/egress").isMissingNode()),
                "default deny");
        JsonNode allowed = policies.stream()
                .filter(policy -> policy.at("/spec/egress").isArray())
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("53", "53", "5432", "443"),
                Manifests.elements(allowed.at("/spec/egress"))
                        .flatMap(rule -> Manifests.elements(rule.path("ports")))
                        .map(port -> port.path("port").asText())
                        .toList());
        assertTrue(Manifests.elements(allowed.at("/spec/egress"))
                .allMatch(rule -> rule.path("to").size() > 0));
        assertTrue(
                allowed.at("/spec/egress").toString().contains("169.254.0.0/16"),
                "the cloud's metadata is out of reach");
    }
}
