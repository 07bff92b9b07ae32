package io.alohubsync.intake;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.intake.write.IdempotencyKey;
import io.alohubsync.intake.write.OutboxEntry;
import org.jspecify.annotations.Nullable;

/**
 * A source that writes over HTTP.
 *
 * @param account  of its customers
 * @param priority null: what the way in decides
 */
public record Source(String name, String account, @Nullable Short priority) {

    /** A person who has filled in a form waits for a call: a form goes before an import. */
    public static final short FORM = 10;

    public static final short BATCH = 0;

    public static Source named(String name, AlohubSettings settings) {
        SourceSettings own = settings.intake().sources().get(name);
        return own == null
                ? new Source(name, ConfiguredAccount.DEFAULT, null)
                : new Source(
                        name,
                        own.account().map(String::strip).orElse(ConfiguredAccount.DEFAULT),
                        own.priority().isPresent() ? (short) own.priority().getAsInt() : null);
    }

    /**
     * @param ordinary    the priority of this way in
     * @param traceparent a sound one, or null
     */
    public OutboxEntry entry(NewLead lead, short ordinary, @Nullable String traceparent, @Nullable IdempotencyKey key) {
        return new OutboxEntry(
                account,
                name,
                lead.phone(),
                lead.name(),
                lead.email(),
                lead.reference(),
                lead.version(),
                priority == null ? ordinary : priority,
                traceparent,
                key);
    }

    /**
     * @param text the client's own; null: none.
     * @param part which of several leads of a request; null: it has one
     */
    public @Nullable IdempotencyKey key(@Nullable String text, @Nullable Integer part, NewLead lead) {
        return text == null ? null : IdempotencyKey.of(name, text, part, lead.said());
    }
}
