package io.alohubsync.alohub;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer: its kind, and its content where it is JSON.
 *
 * @param kind     of the content
 * @param envelope null: it is no JSON
 * @param words    for people: the envelope's message, where that is not all the body's own text behind it
 */
record AnswerBody(Kind kind, @Nullable Envelope envelope, String words) {

    enum Kind {
        EMPTY,
        JSON,
        /** Announced as JSON, but is none, or is incomplete. */
        GARBLED,
        HTML,
        TEXT
    }

    private static final char MARK = '\uFEFF';

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTML = Pattern.compile(
            "\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html|head|body|script|title|meta)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TAGS = Pattern.compile("(?is)<(script|style)\\b.*?(?:</\\1>|\\z)|<[^<>]*>");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([/\"\\\\]))");

    static AnswerBody of(Answer answer) {
        String type = answer.contentType() == null ? "" : answer.contentType().toLowerCase(Locale.ROOT);
        String text = text(answer.body(), type);
        if (text.isBlank()) {
            return new AnswerBody(Kind.EMPTY, null, "");
        }
        Envelope envelope = Envelope.mayBe(text) || type.contains("json") ? Envelope.of(text) : null;
        if (envelope != null && envelope.isReadable(answer.cut())) {
            return json(Kind.JSON, envelope, text);
        }
        if (type.contains("html") || isHtml(text)) {
            String words = TAGS.matcher(text).replaceAll(" ").replaceAll("\\s+", " ");
            return new AnswerBody(Kind.HTML, null, words.strip());
        }
        boolean meantAsJson = type.contains("json") || (envelope != null && (answer.cut() || envelope.saysSomething()));
        return envelope != null && meantAsJson
                ? json(Kind.GARBLED, envelope, text)
                : new AnswerBody(Kind.TEXT, null, text.strip());
    }

    /** JSON that says so. In a body that is broken a success is worth nothing. */
    boolean isSuccess() {
        return kind == Kind.JSON && envelope != null && Boolean.TRUE.equals(envelope.success());
    }

    private static AnswerBody json(Kind kind, Envelope envelope, String text) {
        String message = envelope.message() == null ? "" : envelope.message().strip();
        boolean enough = !message.isEmpty() && !envelope.hasDetails();
        return new AnswerBody(kind, envelope, enough ? message : (message + " " + unescaped(text)).strip());
    }

    private static boolean isHtml(String text) {
        return HTML.matcher(text.substring(0, Math.min(text.length(), 512))).matches();
    }

    /** Decodes {@code \\u1ec5} to its character: the redaction would not find escaped data. */
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
        String text = new String(body, charset(body, type));
        int start = 0;
        while (start < text.length() && (text.charAt(start) == MARK || Character.isWhitespace(text.charAt(start)))) {
            start++; // PHP writes a mark for each file that begins with one
        }
        return text.substring(start);
    }

    /**
     * That of UTF-16's byte order mark, else the declared one where it exists, else UTF-8. JSON is
     * UTF-8 by definition.
     */
    private static Charset charset(byte[] body, String type) {
        if (body.length > 1
                && (((body[0] & 0xFF) << 8 | (body[1] & 0xFF)) == MARK
                        || ((body[1] & 0xFF) << 8 | (body[0] & 0xFF)) == MARK)) {
            return StandardCharsets.UTF_16;
        }
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
