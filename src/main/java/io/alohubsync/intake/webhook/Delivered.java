package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * The answer to a platform's delivery.
 *
 * @param ids of the outbox rows; none: it named no customer
 */
@JsonPropertyOrder({"success", "error_code", "ids"})
public record Delivered(List<Long> ids) {

    @JsonProperty
    public String success() {
        return "1";
    }

    @JsonProperty("error_code")
    public String errorCode() {
        return "SUCCESS";
    }
}
