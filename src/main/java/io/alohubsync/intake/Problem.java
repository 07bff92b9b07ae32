package io.alohubsync.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * The body of a refusal: RFC 9457's problem, with the fields of Alohub's own envelope, for clients
 * that look at {@code success}.
 *
 * @param detail what is wrong, in the reader's language
 * @param field  of the request
 * @param reason a code of docs/reasons.md
 * @param retryAfter seconds, as in the header: a line of a batch has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"title", "status", "detail", "success", "error_code", "error_message"})
public record Problem(
        int status,
        @JsonProperty("error_code") String errorCode,
        String detail,
        String remedy,
        @Nullable String field,
        @Nullable String reason,
        @JsonProperty("retry_after") @Nullable Long retryAfter) {

    static final String TYPE = "application/problem+json";

    @JsonProperty
    public String title() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    @JsonProperty
    public String success() {
        return "0";
    }

    @JsonProperty("error_message")
    public String errorMessage() {
        return detail;
    }
}
