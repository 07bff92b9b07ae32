package io.alohubsync.operate.upload;

import org.jspecify.annotations.Nullable;

/**
 * What a person says to a preview.
 *
 * @param preview    the number of the preview that was seen; null: whichever it is
 * @param again      a finished import of the same file begins anew
 * @param vietnamese the report of rejected lines
 */
public record Confirmation(
        @Nullable Integer preview, @Nullable String reason, boolean again, boolean vietnamese) {

    @Nullable
    String seen() {
        return preview == null ? null : String.valueOf(preview);
    }
}
