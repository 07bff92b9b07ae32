package io.alohubsync.customer;

import org.jspecify.annotations.Nullable;

/**
 * An outbox row that is not merged yet, as the source wrote it (long values cut to what can
 * matter).
 *
 * @param number      the higher the newer: the id, unless ids have started again
 *                    ({@link OutboxNumbers})
 * @param account     trimmed; default where the source named none
 * @param ranksById   of the intake or an import: without a version it ranks by its number where
 *                    versions decide
 */
public record NewRow(
        long id,
        long number,
        String account,
        @Nullable String phone,
        @Nullable String name,
        @Nullable String email,
        short priority,
        @Nullable Long sourceVersion,
        boolean ranksById) {

    NewRow numbered(long newNumber) {
        return new NewRow(id, newNumber, account, phone, name, email, priority, sourceVersion, ranksById);
    }
}
