package io.alohubsync.worker;

import io.alohubsync.customer.Settlement.Verdict;
import io.alohubsync.delivery.AttemptFinished;
import io.alohubsync.intake.Intake;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells in the log what was done since its last line: one line for a busy while, none for an idle one. */
final class Journal implements Consumer<AttemptFinished> {

    private static final Logger LOG = Logger.getLogger(Journal.class);

    private final LongAdder rows = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder purged = new LongAdder();
    private final Map<Verdict, LongAdder> settled = new EnumMap<>(Verdict.class);

    Journal() {
        for (Verdict verdict : Verdict.values()) {
            settled.put(verdict, new LongAdder());
        }
    }

    void merged(Intake.Merged merged) {
        rows.add(merged.rows() - merged.stayed());
        rejected.add(merged.rejected());
    }

    @Override
    public void accept(AttemptFinished event) {
        settled.get(event.settlement().verdict()).increment();
    }

    /** @param rows outbox rows or attempts that are gone */
    void purged(int rows) {
        purged.add(rows);
    }

    void tell() {
        long taken = rows.sumThenReset();
        long delivered = settled.get(Verdict.DELIVERED).sumThenReset();
        long waiting = settled.get(Verdict.WAITING).sumThenReset();
        long dead = settled.get(Verdict.DEAD).sumThenReset();
        long givenBack = settled.get(Verdict.GIVEN_BACK).sumThenReset();
        if (taken + delivered + waiting + dead + givenBack > 0) {
            LOG.infof(
                    "%d rows merged, %d of them rejected; %d customers delivered, %d to be tried again, %d dead, %d given back",
                    (Object) taken, rejected.sumThenReset(), delivered, waiting, dead, givenBack);
        }
        long gone = purged.sumThenReset();
        if (gone > 0) {
            LOG.infof("%d old rows and attempts purged", (Object) gone);
        }
    }
}
