package io.alohubsync.observe;

import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.delivery.AttemptFinished;
import io.alohubsync.merge.Merged;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Logs what was done since its last line; nothing if nothing was done. Any thread counts; the job
 * {@code activity} writes the line.
 */
public final class ActivityLog implements Consumer<AttemptFinished> {

    private static final Logger LOG = Logger.getLogger(ActivityLog.class);

    private final LongAdder rows = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder purged = new LongAdder();
    private final Map<Consequence, LongAdder> settled = new EnumMap<>(Consequence.class);

    public ActivityLog() {
        for (Consequence consequence : Consequence.values()) {
            settled.put(consequence, new LongAdder());
        }
    }

    public void merged(Merged merged) {
        rows.add(merged.rows() - merged.stayed());
        rejected.add(merged.rejected());
    }

    @Override
    public void accept(AttemptFinished event) {
        settled.get(event.settlement().consequence()).increment();
    }

    /** @param rows outbox rows or attempts that are gone */
    public void purged(int rows) {
        purged.add(rows);
    }

    public void write() {
        long taken = rows.sumThenReset();
        long delivered = settled.get(Consequence.DELIVERED).sumThenReset();
        long waiting = settled.get(Consequence.WAITING).sumThenReset();
        long dead = settled.get(Consequence.DEAD).sumThenReset();
        long released = settled.get(Consequence.RELEASED).sumThenReset();
        if (taken + delivered + waiting + dead + released > 0) {
            LOG.infof(
                    "rows merged: %d (rejected: %d); customers delivered: %d, to be tried again: %d, dead: %d, released: %d",
                    (Object) taken, rejected.sumThenReset(), delivered, waiting, dead, released);
        }
        long gone = purged.sumThenReset();
        if (gone > 0) {
            LOG.infof("%d old rows and attempts purged", (Object) gone);
        }
    }
}
