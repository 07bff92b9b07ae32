package io.alohubsync.intake.write;

import org.jspecify.annotations.Nullable;

/**
 * An outbox row to be written, and the key by which a repeated request is known.
 *
 * @param priority of the source
 * @param key      null: the request has none, and is written each time
 */
public record OutboxEntry(
        String account,
        String source,
        @Nullable String phone,
        @Nullable String name,
        @Nullable String email,
        @Nullable String reference,
        @Nullable Long version,
        short priority,
        @Nullable String traceparent,
        @Nullable IdempotencyKey key) {

    /** The texts of a customer. */
    enum Field {
        PHONE("phone"),
        NAME("name"),
        EMAIL("email"),
        REFERENCE("source_ref");

        private final String inRequest;

        Field(String inRequest) {
            this.inRequest = inRequest;
        }

        /** As a request and the outbox call it. */
        String inRequest() {
            return inRequest;
        }
    }

    OutboxEntry without(Field field) {
        return new OutboxEntry(
                account,
                source,
                field == Field.PHONE ? null : phone,
                field == Field.NAME ? null : name,
                field == Field.EMAIL ? null : email,
                field == Field.REFERENCE ? null : reference,
                version,
                priority,
                traceparent,
                key);
    }

    /** How much memory it holds, about. */
    int weight() {
        return 200 + length(phone) + length(name) + length(email) + length(reference);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
