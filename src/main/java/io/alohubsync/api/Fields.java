package io.alohubsync.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Why;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body: one JSON object of at most 16 KiB, or none. */
final class Fields {

    static final int MOST_BYTES = 16 << 10;

    private static final int DRAINED = 1 << 20; // most clients read an answer only when they have sent all
    private static final int DEEP = 8;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEP)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final @Nullable JsonNode object;

    private Fields(@Nullable JsonNode object) {
        this.object = object;
    }

    /** @param known names that it may have. @throws BadBody it is none */
    static Fields read(InputStream body, HttpHeaders headers, String... known) {
        try {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length == 0) {
                return new Fields(null);
            }
            if (bytes.length > MOST_BYTES) {
                drain(body);
                throw new BadBody(Trouble.TOO_LARGE);
            }
            type(headers);
            return new Fields(object(bytes, Set.of(known)));
        } catch (IOException broken) {
            throw new BadBody(Trouble.NOT_JSON);
        }
    }

    private static void drain(InputStream body) throws IOException {
        byte[] piece = new byte[8 << 10];
        int drained = 0;
        for (int count = body.read(piece); count >= 0 && drained < DRAINED; count = body.read(piece)) {
            drained += count;
        }
    }

    private static void type(HttpHeaders headers) {
        MediaType type;
        try {
            type = headers.getMediaType();
        } catch (IllegalArgumentException unreadable) {
            throw new BadBody(Trouble.MEDIA_TYPE);
        }
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        boolean isJson = type != null
                && type.getType().equalsIgnoreCase("application")
                && type.getSubtype().equalsIgnoreCase("json")
                && type.getParameters()
                        .getOrDefault("charset", "utf-8")
                        .toLowerCase(Locale.ROOT)
                        .equals("utf-8");
        if (!isJson || encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new BadBody(Trouble.MEDIA_TYPE);
        }
    }

    private static JsonNode object(byte[] bytes, Set<String> known) throws IOException {
        JsonNode read;
        try {
            read = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException otherwise) {
            throw new BadBody(Trouble.NOT_JSON);
        }
        if (!read.isObject()) {
            throw new BadBody(Trouble.NOT_JSON);
        }
        for (Iterator<String> names = read.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw new BadBody(Trouble.NOT_JSON);
            }
        }
        return read;
    }

    /** @return null: it is not there. @throws Declined it is no text */
    @Nullable
    String text(String field) {
        JsonNode value = object == null ? null : object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw Declined.field(Why.FIELD_INVALID, field);
        }
        return value.textValue();
    }

    String required(String field) {
        String text = text(field);
        if (text == null || text.isBlank()) {
            throw Declined.field(Why.FIELD_MISSING, field);
        }
        return text;
    }

    /** @return false: it is not there. @throws Declined it is neither true nor false */
    boolean flag(String field) {
        JsonNode value = object == null ? null : object.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw Declined.field(Why.FIELD_INVALID, field);
        }
        return value.booleanValue();
    }

    @Nullable
    Integer number(String field) {
        JsonNode value = object == null ? null : object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isInt()) {
            throw Declined.field(Why.FIELD_INVALID, field);
        }
        return value.intValue();
    }
}
