package io.alohubsync.cli;

import io.alohubsync.cli.shell.Words;
import io.alohubsync.contact.Reason;
import java.util.Optional;

/**
 * The sentence of a reason's code, by this program: a database that no daemon has started on has
 * none.
 */
final class Reasons {

    private Reasons() {}

    /** @return empty: the code is none of this version's */
    static Optional<String> sentence(String code, Words words) {
        for (Reason reason : Reason.values()) {
            if (reason.code().equals(code)) {
                return Optional.of(words.isVietnamese() ? reason.vietnamese() : reason.english());
            }
        }
        return Optional.empty();
    }
}
