package io.alohubsync.operate.overview;

import io.alohubsync.operate.Personal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an account does.
 *
 * @param state  ACTIVE, THROTTLED and so on
 * @param today  since midnight of the reader's day
 * @param minutes of the last hour, the oldest first; a minute without calls is there with zeros.
 *                They end half a minute ago
 * @param hours  of the last day, as minutes
 */
public record AccountFigures(
        String account, State state, Backlog backlog, Today today, List<Point> minutes, List<Point> hours) {

    /**
     * @param by    who paused or resumed it; null: no person did
     * @param reason what happened, in a person's or Alohub's words
     * @param needs  what to do; null: nothing
     * @param learnedRate calls a second that were learned from Alohub's refusals; null: none
     * @param seenAt a replica that serves it said so last; null: none ever did
     */
    public record State(
            String state,
            Instant since,
            @Nullable Instant until,
            @Nullable String by,
            @Personal @Nullable String reason,
            @Nullable String needs,
            @Nullable String needsVi,
            @Nullable Double learnedRate,
            @Nullable Instant seenAt) {}

    /**
     * Customers now.
     *
     * @param waiting       PENDING, SENDING and RETRYING
     * @param oldestSeconds that the most overdue has waited; null: none is due
     * @param drainSeconds  until nothing waits, at the pace of the last minute; null: nothing was
     *                      accepted in it
     * @param nextDueAt     when the first of those that are not due will be; null: there is none
     */
    public record Backlog(
            long waiting,
            @Nullable Long oldestSeconds,
            long retrying,
            long dead,
            long held,
            long delivered,
            double acceptedPerSecond,
            double failedPerSecond,
            @Nullable Long drainSeconds,
            @Nullable Instant nextDueAt) {}

    /**
     * @param delivered    calls that Alohub accepted
     * @param failed       calls that failed about their customer
     * @param rejected     rows that were never sent
     * @param rejectedCut  there are more: only so many were looked at
     * @param freshToday   share of today's rows that were delivered within a minute of their
     *                     insert, 0 to 1; null: there were none
     * @param freshLastHour as of the last hour's rows
     */
    public record Today(
            long delivered,
            long failed,
            long rejected,
            boolean rejectedCut,
            @Nullable Double freshToday,
            @Nullable Double freshLastHour) {}

    /** @param at its beginning */
    public record Point(Instant at, long accepted, long failed, long notTaken) {}
}
