package io.alohubsync.cli.resync;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which customers are meant.
 *
 * @param account null: of all
 * @param since   whose content or delivery changed then or later; null: all
 * @param after   those with a higher id
 */
record Chosen(@Nullable String account, @Nullable Instant since, long after) {

    @Nullable
    OffsetDateTime from() {
        return since == null ? null : since.atOffset(ZoneOffset.UTC);
    }
}
