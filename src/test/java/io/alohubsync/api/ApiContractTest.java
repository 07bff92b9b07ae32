package io.alohubsync.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.alohubsync.operate.Why;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
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

    /** The same path, or where it is one of another name. */
    private static final Map<String, String> OF_THE_CONSOLE = Map.of(
            "/", "get /overview",
            "/problems/{group}/{act:retry|hold}", "post /bulk-actions/preview",
            "/problems/actions/{id}", "get /bulk-actions/{id}",
            "/accounts", "get /accounts",
            "/import", "get /imports",
            "/import/{id}", "get /imports/{id}",
            "/import/{id}/report", "get /imports/{id}/report");

    @Test
    void each_page_of_the_console_has_its_path_but_the_login_tokens_and_documents() throws IOException {
        Map<String, Object> paths = in(contract(), "paths");
        for (JavaClass one : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.alohubsync.console")) {
            Path resource = one.reflect().getAnnotation(Path.class);
            for (Method method :
                    resource == null ? new Method[0] : one.reflect().getDeclaredMethods()) {
                Path below = method.getAnnotation(Path.class);
                String page = ("/" + resource.value() + (below == null ? "" : "/" + below.value()))
                        .replaceAll("/+", "/")
                        .replaceFirst("(.)/$", "$1");
                if (method.isAnnotationPresent(GET.class) && !page.matches("/(login|tokens|docs)(/.*)?")) {
                    String[] call =
                            OF_THE_CONSOLE.getOrDefault(page, "get " + page).split(" ");
                    Object path = paths.get("/api/v1" + call[1]);
                    assertNotNull(path, page);
                    assertNotNull(in(path).get(call[0]), page);
                }
            }
        }
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
