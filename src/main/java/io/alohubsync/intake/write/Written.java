package io.alohubsync.intake.write;

import org.jspecify.annotations.Nullable;

/** What became of an entry. */
public sealed interface Written {

    /** Its row is committed, now or by the same request before. @param id of the outbox row */
    record Row(long id) implements Written {}

    /** The key belongs to a request with another payload. */
    record KeyReused() implements Written {}

    /** A request with the key is still running. */
    record KeyInUse() implements Written {}

    /**
     * The database refuses its content.
     *
     * @param field without which it would store the entry; null: no single one
     */
    record NotStorable(@Nullable String field) implements Written {}

    /** The database is away, or too slow: the row may be written or not. */
    record Unavailable() implements Written {}

    /** Too many entries wait already; nothing was written. */
    record Busy() implements Written {}
}
