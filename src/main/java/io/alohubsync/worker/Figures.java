package io.alohubsync.worker;

import java.util.Map;

/**
 * The numbers that people watch, as they were at the last sample.
 *
 * @param customers  by status
 * @param newRows    outbox rows not merged yet, counted up to {@link Sampler#CAP}
 * @param dueNow     customers that may be claimed, counted up to {@link Sampler#CAP}
 * @param oldestDueSeconds how long the most overdue has waited; 0: none is due
 */
public record Figures(Map<String, Long> customers, long newRows, long dueNow, double oldestDueSeconds) {

    static final Figures NONE = new Figures(Map.of(), 0, 0, 0);

    /** For people: {@code 42 s}, {@code 3 min}, {@code 2 h}. */
    public String oldestDueText() {
        long seconds = Math.round(oldestDueSeconds);
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
