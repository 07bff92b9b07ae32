package io.alohubsync.notify;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the last notification about a topic said, and since when it has been otherwise. A change is
 * sent once it has lasted; one that does not last is not sent.
 *
 * @param bad          as the last notification said
 * @param differsSince null: it is still so
 * @param version      of the row; 0: there is none
 */
record Standing(boolean bad, @Nullable Instant differsSince, int version) {

    static final Standing GOOD = new Standing(false, null, 0);

    /**
     * @param next the standing to write; null: it stays as it is
     * @param sent the change that is sent with it; null: there is none
     */
    record Step(@Nullable Standing next, @Nullable Change sent) {
        static final Step NONE = new Step(null, null);
    }

    /** @param since when it began */
    record Change(boolean bad, Instant since) {}

    Step see(Condition condition, Instant now, Duration lasting) {
        if (condition == Condition.UNKNOWN) {
            return Step.NONE;
        }
        boolean isBad = condition == Condition.BAD;
        if (isBad == bad || condition == Condition.PAUSED_BY_PERSON) {
            return differsSince == null ? Step.NONE : new Step(new Standing(bad, null, version), null);
        }
        Instant since = differsSince == null ? now : differsSince;
        if (!now.isBefore(since.plus(lasting))) {
            return new Step(new Standing(isBad, null, version), new Change(isBad, since));
        }
        return differsSince == null ? new Step(new Standing(bad, since, version), null) : Step.NONE;
    }
}
