package io.alohubsync.customer;

import java.util.List;
import java.util.OptionalLong;

/**
 * How ids of outbox rows become numbers, of which the higher is the newer. A number is the id, but
 * for rows that were written after ids had started again and before anybody saw it (docs/adr/0028).
 *
 * @param sound    false: ids may have started again; no row may be merged before
 *                 the sequence is raised
 * @param lowUntil ids up to this one are below their number
 * @param added    by so much
 * @param restarts how often ids have started again
 * @param drawn    the highest id that may have been drawn from the sequence
 */
public record OutboxNumbers(boolean sound, long lowUntil, long added, int restarts, long drawn) {

    /**
     * The highest number that a replica has merged.
     *
     * @param restarts since when: numbers of before mean nothing
     * @param drawn    the highest id that could be drawn by then
     */
    public record Highest(long number, int restarts, long drawn) {
        public static final Highest NONE = new Highest(0, 0, HIGHEST_SET);

        /** One that the sequence of ids has to be above. */
        public boolean isBelowNext(long id) {
            return id > 0 && id <= Math.max(HIGHEST_SET, drawn);
        }

        /**
         * The id up to which nothing is left once this one is merged. Where the sequence is above
         * {@link #HIGHEST_SET}, an id above all that were drawn may be one that a program has set.
         *
         * @return empty: later rows may have lower ids
         */
        public OptionalLong markOf(long id) {
            if (isBelowNext(id)) {
                return OptionalLong.of(id);
            }
            return id > 0 && drawn > HIGHEST_SET ? OptionalLong.of(drawn) : OptionalLong.empty();
        }
    }

    /**
     * The sequence is never moved to a higher id, so that enough are left: as the function
     * outbox_highest_drawn().
     */
    public static final long HIGHEST_SET = (1L << 61) - 1;

    /** Of rows with an id that was never drawn. */
    public static final long OLDEST = 1;

    /** A source drew it, as far as can be known. */
    public boolean isDrawn(long id) {
        return id > 0 && id <= drawn;
    }

    /** A row with an id that was not drawn (a program has set it) is older than all others. */
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
