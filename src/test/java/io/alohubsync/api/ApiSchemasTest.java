package io.alohubsync.api;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.operate.acts.ActLine;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.bulk.BulkAction;
import io.alohubsync.operate.bulk.BulkActions;
import io.alohubsync.operate.bulk.BulkItem;
import io.alohubsync.operate.customers.CallLine;
import io.alohubsync.operate.customers.CustomerView;
import io.alohubsync.operate.customers.Event;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.overview.Overview;
import io.alohubsync.operate.problems.Problems;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The schemas in docs/openapi-operations.yaml are those of the records that are sent.
 * {@code ./mvnw test -Dtest=ApiSchemasTest -Dcontract.write=true} writes them anew.
 */
class ApiSchemasTest {

    private static final Path CONTRACT = Path.of("docs/openapi-operations.yaml");
    private static final String BEGIN = "  schemas: # by ApiSchemasTest, from the records\n";
    private static final String OPEN = "              schema: {type: object}";

    /** By the operation. */
    private static final Map<String, Class<?>> ANSWERS = Map.ofEntries(
            entry("getOverview", Overview.Seen.class),
            entry("getAccount", AccountView.class),
            entry("getProblems", Problems.Groups.class),
            entry("getProblem", Problems.Found.class),
            entry("searchCustomers", FoundCustomers.class),
            entry("getCustomer", CustomerView.class),
            entry("retryCustomer", CustomerLine.class),
            entry("holdCustomer", CustomerLine.class),
            entry("releaseCustomer", CustomerLine.class),
            entry("correctCustomer", Acts.Corrected.class),
            entry("previewBulkAction", BulkActions.Preview.class),
            entry("startBulkAction", BulkAction.class),
            entry("getBulkAction", BulkAction.class),
            entry("stopBulkAction", BulkAction.class),
            entry("uploadImport", ImportView.class),
            entry("getImports", ImportView.Many.class),
            entry("getImport", ImportView.class),
            entry("previewImport", ImportView.class),
            entry("confirmImport", ImportView.class),
            entry("cancelImport", ImportView.class));

    private static final Map<String, Class<?>> PAGES = Map.of(
            "getActivity", ActLine.class,
            "getCalls", CallLine.class,
            "getRejectedRows", RowLine.class,
            "getSlowRows", RowLine.class,
            "getCustomersOfProblem", CustomerLine.class,
            "getRowsOfProblem", RowLine.class,
            "getTimeline", Event.class,
            "getBulkActions", BulkAction.class,
            "getBulkItems", BulkItem.class);

    private static final Map<String, String> OTHERS = Map.of(
            "getAccounts", "{type: object, properties: {items: {type: array, items: " + ref("AccountView") + "}}}",
            "pauseAccount", "{type: object, properties: {account: {type: string}, state: {type: string}}}",
            "resumeAccount", "{type: object, properties: {account: {type: string}, state: {type: string}}}");

    private final Map<String, String> schemas = new TreeMap<>();

    private static String ref(String name) {
        return "{$ref: '#/components/schemas/" + name + "'}";
    }

    private static String name(Class<?> record) {
        Class<?> outer = record.getDeclaringClass();
        return (outer == null ? "" : outer.getSimpleName()) + record.getSimpleName();
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private String schema(Class<?> record) {
        String name = name(record);
        if (!schemas.containsKey(name)) {
            schemas.put(name, ""); // it may name itself
            String properties = Arrays.stream(record.getRecordComponents())
                    .map(component -> "        " + snake(component.getName()) + ": " + schema(component) + "\n")
                    .collect(Collectors.joining());
            schemas.put(name, "    " + name + ":\n      type: object\n      properties:\n" + properties);
        }
        return ref(name);
    }

    private String schema(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        String schema = schema(type);
        if (!type.isAnnotationPresent(Nullable.class)) {
            return schema;
        }
        return schema.startsWith("{type: ") && !schema.startsWith("{type: object")
                ? schema.replaceFirst("\\{type: (\\w+)", "{type: [$1, 'null']")
                : "{anyOf: [" + schema + ", {type: 'null'}]}";
    }

    private String schema(AnnotatedType annotated) {
        Class<?> type = (Class<?>)
                (annotated.getType() instanceof ParameterizedType generic ? generic.getRawType() : annotated.getType());
        if (type.isRecord()) {
            return schema(type);
        }
        if (type.isEnum()) {
            return "{enum: " + Arrays.toString(type.getEnumConstants()) + "}";
        }
        if (type == List.class) {
            AnnotatedType element = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[0];
            return "{type: array, items: " + schema(element) + "}";
        }
        if (type == Map.class) {
            return "{type: object, additionalProperties: {type: string}}";
        }
        if (type == Instant.class) {
            return "{type: string, format: date-time}";
        }
        if (type == String.class) {
            return "{type: string}";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "{type: boolean}";
        }
        return type == double.class || type == Double.class ? "{type: number}" : "{type: integer}";
    }

    private String answer(String operation) {
        if (OTHERS.containsKey(operation)) {
            return OTHERS.get(operation);
        }
        Class<?> page = PAGES.get(operation);
        return page == null
                ? schema(ANSWERS.get(operation))
                : "{type: object, properties: {items: {type: array, items: " + schema(page)
                        + "}, next: {type: [string, 'null']}}}";
    }

    /** With a schema in each answer of JSON, and all of them at the end. */
    private String written(String contract) {
        List<String> lines = new ArrayList<>();
        String operation = "";
        boolean isAnswer = false;
        for (String line :
                contract.replaceFirst("(?s)  schemas: #.*", "").lines().toList()) {
            if (line.startsWith("      operationId: ")) {
                operation = line.substring("      operationId: ".length());
            }
            isAnswer = line.equals("            application/json:") || isAnswer && line.startsWith("              ");
            lines.add(
                    isAnswer && line.startsWith("              schema: ")
                            ? "              schema: " + answer(operation)
                            : line);
        }
        return String.join("\n", lines) + "\n" + BEGIN + String.join("", schemas.values());
    }

    @Test
    void the_schemas_of_the_contract_are_those_of_the_records() throws IOException {
        String contract = Files.readString(CONTRACT);
        String written = written(contract);
        if (Boolean.getBoolean("contract.write")) {
            Files.writeString(CONTRACT, written);
        }
        assertEquals(written, Files.readString(CONTRACT));
        assertEquals(-1, written.indexOf(OPEN));
    }
}
