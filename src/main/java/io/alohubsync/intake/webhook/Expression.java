package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a payload: places to look at, one after the other until one holds something
 * ({@code /phone | /billing/phone}). A place may be put together of several, with a space between
 * ({@code /last_name + /first_name}) or another text ({@code /_model +'/'+ /_id}).
 */
record Expression(List<List<Part>> alternatives) {

    private static final Pattern OPERATOR = Pattern.compile("\\+'([^']*)'\\+|[+|]");

    /** @param before what is written between it and the part before it */
    record Part(String before, Pointer place) {}

    /** @throws IllegalArgumentException it is none */
    static Expression of(String text) {
        List<List<Part>> alternatives = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        String before = " ";
        int from = 0;
        Matcher operator = OPERATOR.matcher(text);
        while (operator.find()) {
            parts.add(new Part(before, Pointer.of(text.substring(from, operator.start()))));
            if (operator.group().equals("|")) {
                alternatives.add(parts);
                parts = new ArrayList<>();
            }
            before = operator.group(1) == null ? " " : operator.group(1);
            from = operator.end();
        }
        parts.add(new Part(before, Pointer.of(text.substring(from))));
        alternatives.add(parts);
        return new Expression(alternatives);
    }

    /** @return null: no place holds a text or a number */
    @Nullable
    String read(JsonNode payload) {
        for (List<Part> parts : alternatives) {
            StringBuilder text = new StringBuilder();
            for (Part part : parts) {
                part.place().find(payload).stream()
                        .map(Expression::text)
                        .filter(found -> !found.isBlank())
                        .findFirst()
                        .ifPresent(found ->
                                text.append(text.isEmpty() ? "" : part.before()).append(found));
            }
            if (!text.isEmpty()) {
                return text.toString();
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
