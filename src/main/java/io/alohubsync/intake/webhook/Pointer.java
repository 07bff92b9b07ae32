package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in a payload: a JSON Pointer (RFC 6901), with two more segments. {@code *}
 * takes every element of an array, and {@code [name=phone_number]} the elements whose field
 * {@code name} is that. A name without a slash is a field of the payload itself, or of a form.
 */
record Pointer(List<String> segments) {

    /** @throws IllegalArgumentException it is no pointer */
    static Pointer of(String text) {
        String path = text.strip();
        if (path.isEmpty() || path.equals("/")) {
            throw new IllegalArgumentException("is empty");
        }
        if (!path.startsWith("/")) {
            return new Pointer(List.of(path));
        }
        return new Pointer(List.of(path.substring(1).split("/", -1)));
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
        if (segment.equals("*")) {
            if (node.isArray()) {
                node.forEach(next::add);
            }
        } else if (segment.startsWith("[") && segment.endsWith("]") && segment.contains("=")) {
            select(node, segment.substring(1, segment.length() - 1), next);
        } else {
            JsonNode child = node.isArray() ? element(node, segment) : node.get(name(segment));
            if (child != null) {
                next.add(child);
            }
        }
    }

    private static void select(JsonNode node, String condition, List<JsonNode> next) {
        String field = condition.substring(0, condition.indexOf('='));
        String value = condition.substring(condition.indexOf('=') + 1);
        for (JsonNode element : node) {
            if (element.path(field).asText().equals(value)) {
                next.add(element);
            }
        }
    }

    private static @Nullable JsonNode element(JsonNode array, String segment) {
        return segment.matches("[0-9]{1,6}") ? array.get(Integer.parseInt(segment)) : null;
    }

    private static String name(String segment) {
        return segment.replace("~1", "/").replace("~0", "~");
    }
}
