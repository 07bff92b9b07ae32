package io.alohubsync.delivery;

import io.alohubsync.customer.Refund;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.DueLocks;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Attempts that were the account's fault, to be refunded once their settlements are written. Any
 * thread adds some; the settling thread alone collects and writes them.
 */
final class Refunds {

    private static final Logger LOG = Logger.getLogger(Refunds.class);

    private final DataSource database;
    private final DueLocks dueLocks;
    private final Queue<Refund> queue = new ConcurrentLinkedQueue<>();
    private List<Refund> collected = List.of(); // of the settling thread alone

    Refunds(DataSource database, DueLocks dueLocks) {
        this.database = database;
        this.dueLocks = dueLocks;
    }

    void add(List<Refund> spent) {
        queue.addAll(spent);
    }

    /**
     * To be called before the settlements of a round are taken: the settlements that spent these
     * attempts were queued earlier, so they are in that round or were written before.
     */
    void collect() {
        if (!queue.isEmpty()) {
            List<Refund> all = new ArrayList<>(collected);
            for (Refund next = queue.poll(); next != null; next = queue.poll()) {
                all.add(next);
            }
            collected = all;
        }
    }

    /**
     * @param unwritten customers whose settlements are not written yet: those spend their attempt
     *                  first
     */
    void write(Set<Long> unwritten) {
        List<Refund> settled = collected.stream()
                .filter(spent -> !unwritten.contains(spent.customerId()))
                .toList();
        if (settled.isEmpty()) {
            return;
        }
        try {
            Set<Long> locked = Transaction.run(
                    database, connection -> SettleSql.refund(connection, settled, dueLocks.areLikely()));
            collected = collected.stream()
                    .filter(spent -> !locked.contains(spent.customerId()))
                    .toList();
        } catch (SQLException failure) {
            dueLocks.suspect(failure);
            LOG.warnf("%d attempts could not be refunded yet (%s)", settled.size(), DatabaseTrouble.inLog(failure));
        }
    }

    boolean isEmpty() {
        return collected.isEmpty();
    }
}
