package io.alohubsync.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is wrong with manifests: fields that Kubernetes' API does not know or misses, and what Pod
 * Security "restricted" forbids.
 */
final class Manifests {

    /**
     * Of each kind that the chart and the documents have: the model that knows its fields. Those of operators are
     * checked by kubernetes-models.
     */
    private static final Map<String, Model> MODELS = Map.of(
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "networking.k8s.io/v1 Ingress", V1Ingress::validateJsonElement,
            "batch/v1 Job", V1Job::validateJsonElement);

    private static final Set<String> OF_OPERATORS = Set.of(
            "monitoring.coreos.com/v1 ServiceMonitor",
            "monitoring.coreos.com/v1 PrometheusRule",
            "keda.sh/v1alpha1 ScaledObject");

    /** kubernetes.io, "Pod Security Standards": the volumes that "restricted" allows. */
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    private interface Model {
        void validate(JsonElement json) throws IOException;
    }

    private Manifests() {}

    /** @return one sentence for each problem; empty when there is none */
    static List<String> problemsOf(List<JsonNode> objects) {
        List<String> problems = new ArrayList<>();
        for (JsonNode object : objects) {
            String kind = object.path("apiVersion").asText() + " "
                    + object.path("kind").asText();
            Model model = MODELS.get(kind);
            if (model != null) {
                unknownOrMissing(model, object, problems);
            } else if (!OF_OPERATORS.contains(kind)) {
                problems.add(kind + " is no kind that is checked");
            }
            if (object.at("/spec/template/spec").isObject()) {
                restricted(object.at("/spec/template/spec"), problems);
            }
        }
        return problems;
    }

    private static void unknownOrMissing(Model model, JsonNode object, List<String> problems) {
        try {
            model.validate(JsonParser.parseString(object.toString()));
        } catch (IllegalArgumentException | IOException | IllegalStateException wrong) {
            problems.add(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * kubernetes.io, "Pod Security Standards", the profile "restricted" (which has all of
     * "baseline"), and a bit more.
     */
    private static void restricted(JsonNode pod, List<String> problems) {
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            check(!pod.path(shared).asBoolean(), shared + " is shared", problems);
        }
        for (JsonNode volume : pod.path("volumes")) {
            Set<String> kinds = new TreeSet<>();
            volume.fieldNames().forEachRemaining(kinds::add);
            kinds.remove("name");
            check(VOLUMES.containsAll(kinds), "a volume is of the kind " + kinds, problems);
        }
        check(
                !pod.path("automountServiceAccountToken").asBoolean(true),
                "a service account's token is mounted",
                problems);
        check(!pod.path("enableServiceLinks").asBoolean(true), "service links are in the environment", problems);
        Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(list -> elements(pod.path(list)))
                .forEach(container -> restricted(pod.path("securityContext"), container, problems));
    }

    private static void restricted(JsonNode pod, JsonNode container, List<String> problems) {
        String name = container.path("name").asText();
        JsonNode own = container.path("securityContext");
        check(!own.path("privileged").asBoolean(), name + " is privileged", problems);
        check(!own.path("allowPrivilegeEscalation").asBoolean(true), name + " may escalate its privileges", problems);
        check(own.path("readOnlyRootFilesystem").asBoolean(), name + " may write its root filesystem", problems);
        check(first(own, pod, "runAsNonRoot").asBoolean(), name + " may run as root", problems);
        check(first(own, pod, "runAsUser").asInt(1) != 0, name + " runs as root", problems);
        check(
                Set.of("RuntimeDefault", "Localhost")
                        .contains(first(own, pod, "seccompProfile").path("type").asText()),
                name + " has no seccomp profile",
                problems);
        JsonNode capabilities = own.path("capabilities");
        check(
                elements(capabilities.path("drop"))
                        .anyMatch(dropped -> dropped.asText().equals("ALL")),
                name + " does not drop all capabilities",
                problems);
        check(
                elements(capabilities.path("add"))
                        .allMatch(added -> added.asText().equals("NET_BIND_SERVICE")),
                name + " adds capabilities",
                problems);
        check(
                elements(container.path("ports"))
                        .noneMatch(port -> port.path("hostPort").asInt() != 0),
                name + " takes a port of the host",
                problems);
        check(
                elements(container.path("volumeMounts")).noneMatch(mount -> mount.has("subPath")),
                name + " mounts by subPath: a new key would not be seen",
                problems);
    }

    /** The container's own value, else the pod's. */
    private static JsonNode first(JsonNode own, JsonNode pod, String field) {
        return own.has(field) ? own.path(field) : pod.path(field);
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static void check(boolean fulfilled, String problem, List<String> problems) {
        if (!fulfilled) {
            problems.add(problem);
        }
    }
}
