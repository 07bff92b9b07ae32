package io.alohubsync.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a lead: its outbox row's status and why, without the customer's data.
 *
 * @param reasonCodes of docs/reasons.md
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"success", "error_code", "id", "status"})
public record RowState(
        long id,
        String status,
        @Nullable String reason,
        @JsonProperty("reason_vi") @Nullable String reasonInVietnamese,
        @JsonProperty("reason_codes") List<String> reasonCodes) {

    @JsonProperty
    public String success() {
        return "1";
    }

    @JsonProperty("error_code")
    public String errorCode() {
        return "SUCCESS";
    }
}
