package io.alohubsync.alohub;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of the call. What is not known is left out, never sent empty: nobody knows whether an empty field would blank
 * what Alohub holds.
 *
 * @param phone in the account's phone format
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lead(
        String phone, @Nullable String email, @Nullable String name) {

    @Override
    public String toString() {
        return "Lead[***]";
    }
}
