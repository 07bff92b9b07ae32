package io.alohubsync.alohub;

import static io.alohubsync.alohub.FieldValue.*;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"success":"1","error_code":…,"error_message":…}} and its variants. Names of fields
 * count in any case, with or without underscores. {@code null}, {@code false}, 0, {@code ""},
 * {@code []}, {@code {}} and containers of nothing else count as absent, except as {@code success}.
 * Bounded by Jackson's limits on depth and length.
 */
final class Envelope {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> FAILED = Set.of("ERROR", "FAIL", "FAILED", "FAILURE");
    private static final Set<String> OTHER_FAILURES = Set.of("NOT_FOUND", "FAIL");
    private static final int FIRST_FAILURE = 400;
    private static final int LONGEST_WORD = 6; // an escape

    private @Nullable Boolean success;
    private @Nullable String errorCode;
    private @Nullable String errorMessage;
    private @Nullable String message;
    private boolean details;
    private boolean failure;
    private boolean limit;
    private boolean limitNumber;
    private boolean keyRefused;
    private boolean keyNumber;
    private boolean whole;
    private boolean brokenOff;
    private boolean tooMuch;

    private Envelope() {}

    /** The body may be JSON: an object, an array, a number or {@code false}. */
    static boolean mayBe(String text) {
        char first = text.charAt(0);
        return first == '{' || first == '[' || first == '-' || first == 'f' || (first >= '0' && first <= '9');
    }

    static Envelope of(String text) {
        Envelope envelope = new Envelope();
        try (JsonParser parser = JSON.createParser(text)) {
            envelope.read(parser);
        } catch (StreamConstraintsException tooDeepOrTooLong) {
            envelope.tooMuch = true;
        } catch (JsonProcessingException broken) {
            envelope.brokenOff = isAtTheEnd(broken, text);
        } catch (IOException notJson) {
            envelope.brokenOff = false;
        }
        return envelope;
    }

    /** Behind it at most half a word or an escape is missing. */
    private static boolean isAtTheEnd(JsonProcessingException broken, String text) {
        JsonLocation place = broken.getLocation();
        return broken instanceof JsonEOFException
                || (place != null && place.getCharOffset() >= text.length() - LONGEST_WORD);
    }

    private void read(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        boolean failureAsSuch = first == JsonToken.VALUE_FALSE || (first != null && first.isNumeric());
        if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(plain(parser.currentName()), parser.nextToken(), parser);
            }
        } else {
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new IOException("text behind the JSON value");
        }
        failure |= failureAsSuch;
        whole = true;
    }

    private void field(String field, JsonToken value, JsonParser parser) throws IOException {
        switch (field) {
            case "success" -> success(isSuccess(value, parser));
            case "errorcode" -> errorCode(value, parser);
            case "error", "errors" -> error(value, parser);
            case "status" -> failure |= value == JsonToken.VALUE_STRING && FAILED.contains(upper(parser.getText()));
            case "code" -> code(value, parser);
            case "errormessage" -> errorMessage = first(errorMessage, value, parser);
            case "message" -> message = first(message, value, parser);
            default -> {}
        }
        parser.skipChildren();
    }

    private static @Nullable String first(@Nullable String text, JsonToken value, JsonParser parser)
            throws IOException {
        return (text == null || text.isBlank()) && value == JsonToken.VALUE_STRING ? parser.getText() : text;
    }

    private void error(JsonToken value, JsonParser parser) throws IOException {
        boolean present = isPresent(value, parser, true);
        failure |= present;
        details |= present && value.isStructStart();
    }

    /** Of two, the failure counts. */
    private void success(boolean one) {
        success = one && !Boolean.FALSE.equals(success);
    }

    private void errorCode(JsonToken value, JsonParser parser) throws IOException {
        String text = value.isScalarValue() ? parser.getText() : null;
        if (isPresent(value, parser, false) && (text == null || !text.strip().equalsIgnoreCase("SUCCESS"))) {
            failure = true;
        }
        if (text != null && value != JsonToken.VALUE_NULL) {
            errorCode = text;
            learn(upper(text));
        }
    }

    private void code(JsonToken value, JsonParser parser) throws IOException {
        if (value.isScalarValue()) {
            String text = upper(parser.getText());
            learn(text);
            failure |= isNumber(text) ? number(text) >= FIRST_FAILURE : OTHER_FAILURES.contains(text);
        }
    }

    private void learn(String code) {
        switch (code) {
            case "RATE_LIMIT_EXCEEDED" -> limit = true;
            case "429" -> limitNumber = true;
            case "UNAUTHORIZED", "INSUFFICIENT_SCOPE" -> keyRefused = true;
            case "401", "403" -> keyNumber = true;
            default -> {}
        }
    }

    /**
     * Walks to the end of the value.
     *
     * @param error it is part of an error, so a known word or code in it counts
     */
    private boolean isPresent(JsonToken first, JsonParser parser, boolean error) throws IOException {
        boolean present = false;
        int depth = 0;
        String field = "";
        for (JsonToken token = first; ; token = parser.nextToken()) {
            if (token == null) {
                throw new JsonEOFException(parser, null, "the end is missing");
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                field = plain(parser.currentName());
            } else {
                present |= !isAbsent(token, parser);
                if (error && (token == JsonToken.VALUE_STRING || field.equals("code") || field.equals("errorcode"))) {
                    learn(upper(parser.getText()));
                }
            }
            if (depth == 0) {
                return present;
            }
        }
    }

    /**
     * What was read is enough for a judgement. A failure counts, however the rest ends. A success
     * counts only where the rest was not read because of its length or depth: what was read of a body
     * that is cut has no fault but its end.
     */
    boolean isReadable(boolean cut) {
        return whole || Boolean.FALSE.equals(success) || (success != null && ((cut && brokenOff) || tooMuch));
    }

    /** The JSON is broken, but it is an envelope. */
    boolean saysSomething() {
        return tooMuch || failure || success != null || errorCode != null;
    }

    /** Null: there is none. */
    @Nullable
    Boolean success() {
        return success;
    }

    /** It reports a failure without a {@code success}. */
    boolean isFailure() {
        return failure;
    }

    /** @param numbers count too, as {@code "code": 429}: for an answer whose status is 2xx */
    boolean isLimit(boolean numbers) {
        return limit || (numbers && limitNumber);
    }

    /** @param numbers as above: 401 and 403 */
    boolean isKeyRefused(boolean numbers) {
        return keyRefused || (numbers && keyNumber);
    }

    /** As it was written; null: it has none. */
    @Nullable
    String errorCode() {
        return errorCode;
    }

    /** Alohub's own field first; null: it has none. */
    @Nullable
    String message() {
        return errorMessage == null || errorMessage.isBlank() ? message : errorMessage;
    }

    /** Its {@code error} or {@code errors} says more than the message. */
    boolean hasDetails() {
        return details;
    }
}
