package io.alohubsync.operate.customers;

import io.alohubsync.operate.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which customers are looked for.
 *
 * @param text    a phone or its beginning, a name's beginning, an e-mail's beginning, a source's
 *                own key; null: all
 * @param by      what the text is; null: as it looks
 * @param account null: of all
 * @param status  null: any
 */
public record CustomerQuery(
        @Nullable String text,
        @Nullable By by,
        @Nullable String account,
        @Nullable Status status) {

    static final int LONGEST = 500;

    public enum By {
        PHONE,
        NAME,
        EMAIL,
        REFERENCE
    }

    public enum Status {
        /** PENDING, SENDING or RETRYING: what the figure of waiting customers counts. */
        WAITING,
        /** Those of them that are due, the longest overdue first: what the oldest's age counts. */
        OVERDUE,
        PENDING,
        SENDING,
        RETRYING,
        DELIVERED,
        DEAD,
        HELD;

        private static final List<String> TO_BE_SENT = List.of(PENDING.name(), SENDING.name(), RETRYING.name());

        /** As the view {@code sync_status} has them. */
        public List<String> all() {
            return this == WAITING || this == OVERDUE ? TO_BE_SENT : List.of(name());
        }
    }

    public CustomerQuery {
        text = Input.optional(text, "q", LONGEST);
        account = Input.optional(account, "account", Input.ACCOUNT);
    }

    /** All of them. */
    public static CustomerQuery all() {
        return new CustomerQuery(null, null, null, null);
    }
}
