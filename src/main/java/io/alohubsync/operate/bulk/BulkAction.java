package io.alohubsync.operate.bulk;

import io.alohubsync.operate.Personal;
import io.alohubsync.operate.problems.ProblemKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An act on the customers of a group, or on those that another act has held.
 *
 * @param ofAction the hold that a release is about; null: it is none
 * @param expected  customers of the group when it started, as far as they were counted; never less
 *                  than are done
 * @param atLeast   there may be more than expected: not all were counted, or walked since
 * @param done      that were acted on so far; those that were no longer in the group when their
 *                  turn came are not among them
 * @param delivered of these: accepted since
 * @param failed    of these: refused or out of attempts again; of a failed canary also those that
 *                  failed and are to be sent again
 * @param skipped   of these: another transaction held them, so nothing was done
 * @param words      of a failed canary: the answers' words
 * @param unanswered of a retry that has ended: customers whose answer had not come by then
 * @param stoppedBy  the person; null: it was not stopped
 */
public record BulkAction(
        String id,
        Kind kind,
        String group,
        ProblemKey key,
        @Nullable String ofAction,
        String person,
        @Personal @Nullable String why,
        State state,
        long expected,
        boolean atLeast,
        long done,
        long delivered,
        long failed,
        long skipped,
        @Personal @Nullable String words,
        long unanswered,
        @Nullable String stoppedBy,
        Instant startedAt,
        @Nullable Instant endedAt) {

    public enum Kind {
        RETRY,
        HOLD,
        RELEASE
    }

    public enum State {
        /** The first ten were retried; the rest waits for what comes of them. */
        CANARY,
        /** One after the other. */
        RUNNING,
        /** All were retried; their answers are awaited. */
        SETTLING,
        /** A person has stopped it: nothing more is sent, the answers to what was are awaited. */
        STOPPING,
        DONE,
        STOPPED,
        /** Too few of the first ten were accepted: the rest was left as it was. */
        CANARY_FAILED;

        boolean isEnd() {
            return this == DONE || this == STOPPED || this == CANARY_FAILED;
        }
    }

    /** What it has held can be released together. */
    public boolean canBeReleased() {
        return kind == Kind.HOLD && hasEnded() && done > skipped;
    }

    public boolean hasEnded() {
        return state.isEnd();
    }
}
