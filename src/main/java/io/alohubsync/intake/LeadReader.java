package io.alohubsync.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one lead from JSON, strictly: one object, no field twice, nothing behind it, not deep.
 * Unknown fields are passed over. A text may be written as a number, whose digits are kept as they
 * stand.
 */
public final class LeadReader {

    /** For every JSON that comes from outside. */
    public static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(
                    JsonFactory.Feature
                            .CANONICALIZE_FIELD_NAMES) // a table of names that grows with what clients invent
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private static final Pattern POINT_ZERO = Pattern.compile("(?<=[0-9])\\.0+$");
    private static final Set<String> TEXTS = Set.of("phone", "name", "email", "source_ref", "source_version");

    private @Nullable String phone;
    private @Nullable String name;
    private @Nullable String email;
    private @Nullable String reference;
    private @Nullable Long version;

    private LeadReader() {}

    /** @throws Refused it is no lead; the phone is not looked at */
    public static NewLead read(String json) {
        if (json.isBlank()) {
            throw Refused.because(Refusal.NO_BODY);
        }
        try (JsonParser parser = STRICT.createParser(json)) {
            LeadReader reader = new LeadReader();
            reader.object(parser);
            return new NewLead(reader.phone, reader.name, reader.email, reader.reference, reader.version);
        } catch (StreamReadException | StreamConstraintsException malformed) {
            throw malformed(malformed);
        } catch (IOException never) {
            throw new UncheckedIOException(never); // it reads from memory
        }
    }

    /**
     * The library's message may quote the request, so the answer has the kind of the mistake alone.
     */
    public static Refused malformed(IOException malformed) {
        String message = String.valueOf(malformed.getMessage());
        Detail kind = malformed instanceof StreamConstraintsException
                ? Detail.TOO_DEEP
                : message.startsWith("Duplicate field") ? Detail.TWICE : Detail.SYNTAX;
        return Refused.because(Refusal.NOT_JSON, kind);
    }

    private void object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw Refused.because(Refusal.NOT_JSON, Detail.NO_OBJECT);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (TEXTS.contains(field)) {
                set(field, text(field, parser));
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw Refused.because(Refusal.NOT_JSON, Detail.MORE);
        }
    }

    private static @Nullable String text(String field, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> sound(field, parser.getText());
            default -> throw Refused.field(Refusal.WRONG_TYPE, field);
        };
    }

    private void set(String field, @Nullable String text) {
        switch (field) {
            case "phone" -> phone = text;
            case "name" -> name = text;
            case "email" -> email = text;
            case "source_ref" -> reference = text;
            default -> version = version(field, text);
        }
    }

    /** Some languages write a whole number as 17.0. */
    private static @Nullable Long version(String field, @Nullable String text) {
        try {
            return text == null || text.isBlank()
                    ? null
                    : Long.valueOf(POINT_ZERO.matcher(text.strip()).replaceFirst(""));
        } catch (NumberFormatException otherwise) {
            throw Refused.field(Refusal.NOT_A_VERSION, field);
        }
    }

    private static String sound(String field, String text) {
        if (!text.equals(storable(text))) {
            throw Refused.field(Refusal.BAD_CHARACTERS, field);
        }
        return text;
    }

    /**
     * With U+FFFD for each character that cannot be stored: PostgreSQL stores no NUL, and UTF-8 no
     * half of a pair.
     */
    public static String storable(String text) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (character == 0 || Character.isSurrogate(character)) {
                replaced = replaced == null ? new StringBuilder(text) : replaced;
                replaced.setCharAt(i, '\uFFFD');
            }
        }
        return replaced == null ? text : replaced.toString();
    }
}
