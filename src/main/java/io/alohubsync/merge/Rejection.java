package io.alohubsync.merge;

import io.alohubsync.contact.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The values of one rejected row that the metrics count.
 *
 * @param account null: none that is registered, or it could not be read
 * @param source  the first characters of the column, as they were written; null: the row names none
 * @param reason  the first of its reasons that is no repair
 */
public record Rejection(@Nullable String account, @Nullable String source, Reason reason) {

    static final Rejection UNREADABLE = new Rejection(null, null, Reason.ROW_UNREADABLE);
}
