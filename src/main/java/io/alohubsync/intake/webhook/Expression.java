package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a payload: places to look at, one after the other until one holds something
 * ({@code /phone | /billing/phone}). A place may be put together of several
 * ({@code /last_name + /first_name}).
 */
record Expression(List<List<Pointer>> alternatives) {

    private static final Pattern OR = Pattern.compile("\\|");
    private static final Pattern AND = Pattern.compile("\\+");

    /** @throws IllegalArgumentException it is none */
    static Expression of(String text) {
        List<List<Pointer>> alternatives = new ArrayList<>();
        for (String alternative : OR.split(text, -1)) {
            List<Pointer> parts = new ArrayList<>();
            for (String part : AND.split(alternative, -1)) {
                parts.add(Pointer.of(part));
            }
            alternatives.add(parts);
        }
        return new Expression(alternatives);
    }

    /** @return null: no place holds a text or a number */
    @Nullable
    String read(JsonNode payload) {
        for (List<Pointer> parts : alternatives) {
            List<String> texts = new ArrayList<>();
            parts.forEach(part -> part.find(payload).stream()
                    .map(Expression::text)
                    .filter(text -> !text.isBlank())
                    .findFirst()
                    .ifPresent(texts::add));
            if (!texts.isEmpty()) {
                return String.join(" ", texts);
            }
        }
        return null;
    }

    /**
     * Of a list the first text or number that is not empty. Odoo writes false for an empty field.
     */
    private static String text(JsonNode node) {
        if (node.isArray()) {
            for (JsonNode element : node) {
                String text = single(element);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return single(node);
    }

    private static String single(JsonNode node) {
        return node.isTextual() || node.isNumber() ? node.asText().strip() : "";
    }
}
