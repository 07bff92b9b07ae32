package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.intake.webhook.WebhookResource;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docs/openapi.yaml is kept by hand; this holds it to the program. */
class OpenApiTest {

    private final Map<String, Object> contract = read();

    private static Map<String, Object> read() {
        try {
            return new Yaml().load(Files.readString(java.nio.file.Path.of("docs/openapi.yaml")));
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> in(Object node, String... path) {
        for (String step : path) {
            node = ((Map<String, Object>) node).get(step);
        }
        return (Map<String, Object>) node;
    }

    @Test
    void it_has_the_paths_of_the_resources() {
        Set<String> served = new TreeSet<>();
        for (Class<?> resource : List.of(LeadResource.class, BatchResource.class, WebhookResource.class)) {
            for (Method method : resource.getDeclaredMethods()) {
                Path below = method.getAnnotation(Path.class);
                String path = resource.getAnnotation(Path.class).value() + (below == null ? "" : below.value());
                Arrays.stream(method.getAnnotations())
                        .map(Annotation::annotationType)
                        .map(type -> type.getAnnotation(HttpMethod.class))
                        .filter(verb -> verb != null)
                        .forEach(verb -> served.add(verb.value() + " " + path));
            }
        }
        Set<String> documented = new TreeSet<>();
        in(contract, "paths")
                .forEach((path, operations) -> in(operations)
                        .keySet()
                        .forEach(verb -> documented.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        assertEquals(served, documented);
    }

    @Test
    @SuppressWarnings("unchecked")
    void it_has_every_refusal() {
        Set<String> codes =
                Arrays.stream(Refusal.values()).map(Refusal::code).collect(Collectors.toCollection(TreeSet::new));
        codes.addAll(List.of("HOST", "ADDRESS")); // refused before any resource is looked for
        Object documented = in(contract, "components", "schemas", "Problem", "properties", "error_code")
                .get("enum");
        assertEquals(codes, new TreeSet<>((List<String>) documented));
        Set<String> statuses =
                in(contract, "paths", "/api/crm/lead", "post", "responses").keySet();
        for (Refusal refusal : Refusal.values()) {
            assertTrue(
                    Set.of(404, 405).contains(refusal.status()) || statuses.contains(String.valueOf(refusal.status())),
                    refusal::toString);
        }
    }

    @Test
    void its_examples_are_leads() {
        Map<String, Object> examples = in(
                contract, "paths", "/api/crm/lead", "post", "requestBody", "content", "application/json", "examples");
        assertEquals(3, examples.size());
        examples.values().forEach(example -> LeadReader.read(new JsonObject(in(example, "value")).encode()));
    }

    @Test
    void the_page_lists_every_status_and_code() throws IOException {
        String page = Files.readString(java.nio.file.Path.of("docs/intake.md"));
        for (Refusal refusal : Refusal.values()) {
            assertTrue(page.contains("| " + refusal.status() + " |"), refusal::toString);
            assertTrue(page.contains("`" + refusal.code() + "`"), refusal::toString);
        }
    }
}
