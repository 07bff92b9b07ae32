package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.spreadsheet.read.Heading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in a payload: a JSON Pointer (RFC 6901), with more segments. {@code *} takes
 * every element of an array, and what is none itself; {@code [name=phone_number]} takes the
 * elements whose field {@code name} is that, or an object itself, and {@code [!name]} an object
 * without that field.
 * {@code {phone}} takes the fields whose names are usual words for a phone ({@link Heading}), the
 * surest first; so does {@code [name={phone}]} with elements. A name without a slash is a field of
 * the payload itself, or of a form.
 */
record Pointer(List<String> segments) {

    /** @throws IllegalArgumentException it is no pointer */
    static Pointer of(String text) {
        String path = text.strip();
        if (path.isEmpty() || path.equals("/")) {
            throw new IllegalArgumentException("is empty");
        }
        Pointer pointer =
                new Pointer(path.startsWith("/") ? List.of(path.substring(1).split("/", -1)) : List.of(path));
        pointer.segments.forEach(Pointer::check);
        return pointer;
    }

    private static void check(String segment) {
        String wanted = isSelection(segment) ? value(segment) : segment;
        if (isMeaning(wanted)) {
            Heading.meaning(meaning(wanted), List.of());
        }
    }

    private static boolean isSelection(String segment) {
        return segment.startsWith("[") && segment.endsWith("]") && segment.contains("=");
    }

    private static boolean isCondition(String segment) {
        return segment.startsWith("[!") && segment.endsWith("]") && !segment.contains("=");
    }

    /** Which the field of the elements must have. */
    private static String value(String selection) {
        return selection.substring(selection.indexOf('=') + 1, selection.length() - 1);
    }

    private static boolean isMeaning(String text) {
        return text.startsWith("{") && text.endsWith("}");
    }

    private static String meaning(String text) {
        return text.substring(1, text.length() - 1);
    }

    /** Everything that it leads to, in the payload's order. */
    List<JsonNode> find(JsonNode payload) {
        List<JsonNode> found = List.of(payload);
        for (String segment : segments) {
            List<JsonNode> next = new ArrayList<>();
            found.forEach(node -> step(node, segment, next));
            found = next;
        }
        return found;
    }

    private static void step(JsonNode node, String segment, List<JsonNode> next) {
        if (isCondition(segment)) {
            if (!node.has(segment.substring(2, segment.length() - 1))) {
                next.add(node);
            }
        } else if (segment.equals("*")) {
            if (node.isArray()) {
                node.forEach(next::add);
            } else {
                next.add(node);
            }
        } else if (isSelection(segment)) {
            select(node, segment.substring(1, segment.indexOf('=')), value(segment), next);
        } else if (isMeaning(segment)) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            Heading.meaning(meaning(segment), names).forEach(name -> next.add(node.get(name)));
        } else {
            JsonNode child = node.isArray() ? element(node, segment) : node.get(name(segment));
            if (child != null) {
                next.add(child);
            }
        }
    }

    private static void select(JsonNode node, String field, String value, List<JsonNode> next) {
        Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
        Iterable<JsonNode> elements = node.isArray() ? node : List.of(node);
        for (JsonNode element : elements) {
            byName.computeIfAbsent(element.path(field).asText(), _ -> new ArrayList<>())
                    .add(element);
        }
        List<String> wanted = isMeaning(value) ? Heading.meaning(meaning(value), byName.keySet()) : List.of(value);
        wanted.forEach(name -> next.addAll(byName.getOrDefault(name, List.of())));
    }

    private static @Nullable JsonNode element(JsonNode array, String segment) {
        return segment.matches("[0-9]{1,6}") ? array.get(Integer.parseInt(segment)) : null;
    }

    private static String name(String segment) {
        return segment.replace("~1", "/").replace("~0", "~");
    }
}
