package io.alohubsync.notify;

import io.alohubsync.notify.NotifySql.Count;
import io.alohubsync.observe.Figures;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When a topic is bad.
 *
 * @param lasting  so long must a condition last before it is sent
 * @param overdue  how long a customer may be due
 * @param rejected the share of rejected rows
 */
record Rules(Duration lasting, Duration overdue, double rejected) {

    /** Fewer rejected rows in an hour are no news, whatever their share. */
    static final long FEW = 20;

    /**
     * A pause is an act of a person: it is neither a trip nor a recovery. While calls ramp up,
     * behind a trip or a person's pause, the breaker may trip again: nothing is said until then.
     */
    static Condition account(String state) {
        return switch (state) {
            case "ACTIVE" -> Condition.GOOD;
            case "PAUSED" -> Condition.PAUSED_BY_PERSON;
            case "RECOVERING" -> Condition.UNKNOWN;
            default -> Condition.BAD;
        };
    }

    /** While no calls are sent, customers are overdue for a reason that was sent already. */
    Condition overdue(String state, Figures.OfAccount figures) {
        boolean isOverdue = figures.oldestDueSeconds() > overdue.toSeconds();
        return isOverdue && !state.equals("ACTIVE") ? Condition.UNKNOWN : Condition.of(isOverdue);
    }

    /** Of all together; or of a source that has few rows, and most of them rejected. */
    Condition rejected(Collection<Count> hour, Figures figures) {
        long rejected = rejectedRows(hour);
        boolean many = rejected >= FEW && rejected >= this.rejected * mergedRows(hour);
        return !many && !figures.areSampled()
                ? Condition.UNKNOWN
                : Condition.of(many || !figures.rejectedSources().isEmpty());
    }

    static long rejectedRows(Collection<Count> counts) {
        return sum(counts, Tally.REJECTED);
    }

    static long mergedRows(Collection<Count> counts) {
        return sum(counts, Tally.MERGED);
    }

    private static long sum(Collection<Count> counts, String figure) {
        return counts.stream()
                .filter(count -> count.figure().startsWith(figure))
                .mapToLong(Count::n)
                .sum();
    }

    /** By what stands behind the beginning, the most first. */
    static List<Map.Entry<String, Long>> most(Collection<Count> counts, String beginning) {
        Map<String, Long> sums = new TreeMap<>();
        for (Count count : counts) {
            if (count.figure().startsWith(beginning)) {
                sums.merge(count.figure().substring(beginning.length()), count.n(), Long::sum);
            }
        }
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
    }
}
