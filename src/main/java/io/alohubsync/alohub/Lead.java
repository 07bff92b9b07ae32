package io.alohubsync.alohub;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.jspecify.annotations.Nullable;

/**
 * The body of the call. A field without a value is left out, never sent empty: an empty field might
 * blank the value in Alohub.
 *
 * @param phone in the account's phone format
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lead(
        String phone, @Nullable String email, @Nullable String name) {

    private static final ObjectWriter JSON = new ObjectMapper().writerFor(Lead.class);

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    @Override
    public String toString() {
        return "Lead[***]";
    }
}
