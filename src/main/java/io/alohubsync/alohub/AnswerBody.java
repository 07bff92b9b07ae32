package io.alohubsync.alohub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's body says, as far as it matters: the envelope {@code {"success":"1","error_code":…,"error_message":…}}.
 *
 * @param kind      what it is
 * @param success   "1" or "0"; null: the envelope has none
 * @param errorCode null: it has none
 * @param words     for people: the envelope's message, else the body's own text
 */
record AnswerBody(
        Kind kind, @Nullable String success, @Nullable String errorCode, String words) {

    enum Kind {
        EMPTY,
        JSON,
        /** Announced as JSON, and is not, or its end is missing. */
        GARBLED,
        HTML,
        TEXT
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTML = Pattern.compile(
            "\\s*(<!--.*?-->\\s*)*<(!doctype\\s+html|html|head|body)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TAGS = Pattern.compile("(?is)<(script|style)\\b.*?(?:</\\1>|\\z)|<[^<>]*>");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([/\"\\\\]))");

    static AnswerBody of(Answer answer) {
        String type = answer.contentType() == null ? "" : answer.contentType().toLowerCase(Locale.ROOT);
        String text = text(answer.body(), type);
        if (text.isBlank()) {
            return new AnswerBody(Kind.EMPTY, null, null, "");
        }
        boolean announced = type.contains("json");
        if (announced || text.startsWith("{") || text.startsWith("[")) {
            AnswerBody envelope = envelope(text, announced, answer.cut());
            if (envelope != null) {
                return envelope;
            }
        }
        if (type.contains("html")
                || HTML.matcher(text.substring(0, Math.min(text.length(), 512))).matches()) {
            return new AnswerBody(
                    Kind.HTML,
                    null,
                    null,
                    TAGS.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip());
        }
        return new AnswerBody(Kind.TEXT, null, null, text.strip());
    }

    /** @return null: not JSON, nor announced as such */
    private static @Nullable AnswerBody envelope(String text, boolean announced, boolean cut) {
        String success = null;
        String errorCode = null;
        String message = null;
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    JsonToken value = parser.nextToken();
                    switch (field) {
                        case "success" -> success = isSuccess(value, parser.getText()) ? "1" : "0";
                        case "error_code" ->
                            errorCode =
                                    value.isScalarValue() && value != JsonToken.VALUE_NULL ? parser.getText() : null;
                        case "error_message", "message" ->
                            message = message == null && value == JsonToken.VALUE_STRING ? parser.getText() : message;
                        default -> {}
                    }
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new IOException("text behind the JSON value");
            }
            return new AnswerBody(
                    Kind.JSON, success, errorCode, message == null || message.isBlank() ? unescaped(text) : message);
        } catch (IOException notJson) {
            // A failure that was told counts however the rest ends; a success only where we cut the rest off ourselves.
            if ("0".equals(success) || (success != null && cut)) {
                return new AnswerBody(Kind.JSON, success, errorCode, message == null ? "" : message);
            }
            return announced || cut || errorCode != null
                    ? new AnswerBody(Kind.GARBLED, null, errorCode, message == null ? unescaped(text) : message)
                    : null;
        }
    }

    /** What counts: 1, "1" and true. The official client compares with the string "1". */
    private static boolean isSuccess(JsonToken value, String text) {
        return value == JsonToken.VALUE_TRUE
                || ((value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) && text.equals("1"));
    }

    /** {@code \\u1ec5} as the character that it is: what hides data from the eye hides it from the redaction too. */
    private static String unescaped(String json) {
        if (json.indexOf('\\') < 0) {
            return json;
        }
        return ESCAPE.matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group(2)
                                : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static String text(byte[] body, String type) {
        String text = new String(body, charset(type));
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    }

    /** The declared one where it exists; JSON is UTF-8 by definition, and what is neither is read as UTF-8 as well. */
    private static Charset charset(String type) {
        Matcher declared = CHARSET.matcher(type);
        if (!type.contains("json") && declared.find()) {
            try {
                return Charset.forName(declared.group(1));
            } catch (IllegalArgumentException unknown) {
                return StandardCharsets.UTF_8;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
