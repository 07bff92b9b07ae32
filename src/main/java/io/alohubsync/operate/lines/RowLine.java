package io.alohubsync.operate.lines;

import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Personal.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outbox row: what a source wrote, cut to what is shown, and what became of it.
 *
 * @param phone      as the source wrote it
 * @param customerId null: it is new or was rejected
 * @param codes      of the reasons why it was rejected, or of what was repaired
 * @param reason     their sentences
 * @param at         of its insert, as its source says; of its merge where it says none
 */
public record RowLine(
        long id,
        @Personal(Kind.SYSTEM) @Nullable String account,
        @Personal(Kind.SYSTEM) @Nullable String source,
        @Personal @Nullable String sourceRef,
        @Personal(Kind.PHONE) @Nullable String phone,
        @Personal @Nullable String name,
        @Personal @Nullable String email,
        String status,
        List<String> codes,
        @Nullable String reason,
        @Nullable String reasonVi,
        @Nullable Long customerId,
        @Nullable Integer revision,
        @Nullable Instant at,
        @Nullable Instant mergedAt,
        String writtenBy) {}
