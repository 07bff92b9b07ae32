package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.intake.Detail;
import io.alohubsync.intake.NewLead;
import io.alohubsync.intake.Refusal;
import io.alohubsync.intake.Refused;
import io.alohubsync.intake.Source;
import io.alohubsync.intake.write.OutboxEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source whose payloads are the platform's own.
 *
 * @param preset    null: none of those that are known
 * @param signature null: the platform does not sign, and its token decides alone
 * @param answer    the status that the platform takes for success
 */
record Platform(
        Source source,
        @Nullable Preset preset,
        Mapping mapping,
        @Nullable Signature signature,
        int answer) {

    static final int MOST_BYTES = 256 << 10;

    private static final int MOST_CUSTOMERS = 1_000;

    /** @param signed the value of the signature's header; null: the request has none */
    boolean isTestCall(@Nullable String signed, byte[] body) {
        return preset != null && signed == null && preset.isTestCall(body);
    }

    static JsonNode payload(byte[] sent, boolean form) {
        return form ? Payload.form(sent) : Payload.json(sent);
    }

    /**
     * The rows that a payload becomes.
     *
     * @param key the client's own; null: none
     * @throws Refused it has too many customers, or what can't be stored
     */
    List<OutboxEntry> entries(JsonNode payload, @Nullable String traceparent, @Nullable String key) {
        List<NewLead> leads = mapping.leads(payload);
        if (leads.size() > MOST_CUSTOMERS) {
            throw Refused.because(
                    Refusal.TOO_LARGE, new Detail(MOST_CUSTOMERS + " customers", MOST_CUSTOMERS + " khách hàng"));
        }
        List<OutboxEntry> entries = new ArrayList<>();
        for (NewLead lead : leads) {
            entries.add(source.entry(lead, Source.FORM, traceparent, source.key(key, entries.size(), lead)));
        }
        return entries;
    }
}
