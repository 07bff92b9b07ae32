package io.alohubsync.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.operate.Why;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * docs/openapi-operations.yaml and docs/api.md are kept by hand; this holds them to the program.
 */
class ApiContractTest {

    private static final List<Class<?>> RESOURCES = List.of(
            OverviewResource.class,
            AccountResource.class,
            ProblemResource.class,
            CustomerResource.class,
            BulkResource.class,
            ContractResource.class,
            ImportResource.class);

    @SuppressWarnings("unchecked")
    private static Map<String, Object> in(Object node, String... path) {
        for (String step : path) {
            node = ((Map<String, Object>) node).get(step);
        }
        return (Map<String, Object>) node;
    }

    private static Map<String, Object> contract() throws IOException {
        return new Yaml().load(Files.readString(java.nio.file.Path.of("docs/openapi-operations.yaml")));
    }

    @Test
    void the_contract_has_the_paths_of_the_resources_with_their_roles() throws IOException {
        Map<String, String> served = new TreeMap<>();
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                Path below = method.getAnnotation(Path.class);
                String path = resource.getAnnotation(Path.class).value() + (below == null ? "" : below.value());
                Arrays.stream(method.getAnnotations())
                        .map(Annotation::annotationType)
                        .map(type -> type.getAnnotation(HttpMethod.class))
                        .filter(verb -> verb != null)
                        .forEach(verb -> {
                            RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
                            assertNotNull(roles, method::toString);
                            served.put(verb.value() + " " + path, String.join(" ", roles.value()));
                        });
            }
        }
        Map<String, String> documented = new TreeMap<>();
        in(contract(), "paths")
                .forEach((path, operations) -> in(operations)
                        .forEach((verb, operation) -> documented.put(
                                verb.toUpperCase(Locale.ROOT) + " " + path,
                                String.valueOf(in(operation).get("x-role")))));
        assertEquals(served, documented);
    }

    /** A value of another type would be read before Parameters could name the field. */
    @Test
    void parameters_of_addresses_are_read_as_texts() {
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                for (Parameter parameter : method.getParameters()) {
                    if (parameter.isAnnotationPresent(QueryParam.class)
                            || parameter.isAnnotationPresent(PathParam.class)) {
                        assertEquals(String.class, parameter.getType(), () -> method + " " + parameter);
                    }
                }
            }
        }
    }

    @Test
    void acts_are_an_operators_and_so_is_all_of_an_import() throws IOException {
        in(contract(), "paths")
                .forEach((path, operations) -> in(operations).forEach((verb, operation) -> {
                    boolean acts =
                            verb.equals("post") || path.endsWith("/export") || path.startsWith("/api/v1/imports");
                    assertEquals(acts ? "operator" : "viewer", in(operation).get("x-role"), path);
                }));
    }

    @Test
    void each_body_and_each_answer_has_an_example() throws IOException {
        List<String> without = new ArrayList<>();
        in(contract(), "paths")
                .forEach((path, operations) -> in(operations).forEach((verb, operation) -> {
                    Map<String, Object> bodies = new TreeMap<>();
                    in(operation, "responses").forEach((status, answer) -> {
                        if (status.startsWith("2")) {
                            bodies.put(status, answer);
                        }
                    });
                    Object asked = in(operation).get("requestBody");
                    if (verb.equals("post")) {
                        bodies.put("request", asked == null ? Map.of() : asked);
                    }
                    bodies.forEach((name, body) -> {
                        Object content = in(body).get("content");
                        if (content == null
                                || in(content).values().stream().noneMatch(one -> in(one).containsKey("example"))) {
                            without.add(verb + " " + path + " " + name);
                        }
                    });
                }));
        assertEquals(List.of(), without);
    }

    @Test
    void the_page_lists_every_code() throws IOException {
        String page = Files.readString(java.nio.file.Path.of("docs/api.md"));
        for (Why why : Why.values()) {
            assertTrue(page.contains("| " + why.status() + " | `" + why.name() + "` |"), why::name);
        }
        for (Trouble trouble : Trouble.values()) {
            assertTrue(page.contains("| " + trouble.status() + " | `" + trouble.name() + "` |"), trouble::name);
            for (boolean vi : new boolean[] {true, false}) {
                assertTrue(
                        !trouble.sentence(vi).isBlank() && !trouble.remedy(vi).isBlank());
            }
        }
    }
}
