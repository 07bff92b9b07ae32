package io.alohubsync.customer;

import java.util.List;

/**
 * How ids of outbox rows become numbers, of which the higher is the newer. A number is the id, but
 * for rows that were written after ids had started again and before anybody saw it (docs/adr/0028).
 *
 * @param sound    false: ids may have started again; no row may be merged before
 *                 the sequence is raised
 * @param lowUntil ids up to this one are below their number
 * @param added    by so much
 * @param restarts how often ids have started again
 */
public record OutboxNumbers(boolean sound, long lowUntil, long added, int restarts) {

    /**
     * The highest number that a replica has merged.
     *
     * @param restarts since when: numbers of before mean nothing
     */
    public record Highest(long number, int restarts) {
        public static final Highest NONE = new Highest(0, 0);
    }

    private static final long NOT_DRAWN = 1L << 62; // no higher one could follow such an id
    private static final long OLDEST = 1;

    /** Else a program has set it, past the sequence. */
    public static boolean isDrawn(long id) {
        return id > 0 && id < NOT_DRAWN;
    }

    /** A row with an id that was not drawn is older than all others. */
    public long of(long id) {
        return !isDrawn(id) ? OLDEST : id <= lowUntil ? id + added : id;
    }

    public List<NewRow> numbered(List<NewRow> rows) {
        if (lowUntil == 0 && rows.stream().allMatch(row -> isDrawn(row.id()))) {
            return rows;
        }
        return rows.stream().map(row -> row.numbered(of(row.id()))).toList();
    }
}
