package io.alohubsync.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The answer to a lead whose row is committed: Alohub's envelope, and where to ask for the row's
 * status.
 *
 * @param id of the outbox row
 */
@JsonPropertyOrder({"success", "error_code", "id", "status", "status_url"})
public record Accepted(long id) {

    @JsonProperty
    public String success() {
        return "1";
    }

    @JsonProperty("error_code")
    public String errorCode() {
        return "SUCCESS";
    }

    /** Of the row when it was written: a repeated request gets the first answer. */
    @JsonProperty
    public String status() {
        return "NEW";
    }

    /** Without scheme and host, which a proxy may have changed. */
    @JsonProperty("status_url")
    public String statusUrl() {
        return "/api/crm/lead/" + id;
    }
}
