package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alohubsync.intake.Body;
import io.alohubsync.intake.LeadReader;
import io.alohubsync.intake.Refusal;
import io.alohubsync.intake.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What a platform has sent, as a tree: of JSON, or of a form's fields. */
final class Payload {

    private static final ObjectMapper JSON = new ObjectMapper(LeadReader.STRICT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false); // a phone 868793800.0 keeps its digits
    private static final int MOST_FIELDS = 1_000;

    private Payload() {}

    static JsonNode json(byte[] body) {
        String text = Body.text(body);
        if (text.isBlank()) {
            throw Refused.because(Refusal.NO_BODY);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw LeadReader.malformed(malformed);
        }
    }

    /** Of a field that comes twice the first counts that is not empty. */
    static JsonNode form(byte[] body) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        String[] pairs = Body.text(body).split("&", MOST_FIELDS + 1);
        if (pairs.length > MOST_FIELDS) {
            throw Refused.because(Refusal.NOT_A_FORM);
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty() && fields.path(name).asText().isBlank()) {
                fields.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw Refused.because(Refusal.NOT_A_FORM);
        }
    }
}
