package io.alohubsync.merge;

import io.alohubsync.contact.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One rejected row: what is counted of it.
 *
 * @param account null: none that is registered, or it could not be read
 * @param source  its beginning, as it was written; null: the row names none
 * @param reason  the first of its reasons that is no repair
 */
public record Rejection(@Nullable String account, @Nullable String source, Reason reason) {

    static final Rejection UNREADABLE = new Rejection(null, null, Reason.ROW_UNREADABLE);
}
