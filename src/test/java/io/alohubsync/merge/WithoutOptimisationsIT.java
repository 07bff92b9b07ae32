package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.Await;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.delivery.MergeLeasing;
import io.alohubsync.delivery.StandingDelivery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Leasing in the merge and the second merging thread can be switched off, and the end is the same.
 */
class WithoutOptimisationsIT {

    private static final String ROWS = "INSERT INTO alohub.customer_outbox (phone, name, email)"
            + " SELECT CASE WHEN i % 50 = 0 THEN 'none' ELSE '09123450' || 10 + i % 60 END,"
            + " CASE WHEN i % 3 > 0 THEN 'Name ' || i END, CASE WHEN i % 7 = 0 THEN 'kh' || i || '@example.vn' END"
            + " FROM generate_series(1, 1200) i ORDER BY i";
    private static final String CUSTOMERS =
            "SELECT concat_ws(' ', account, phone, name, email, status, wanted_revision = delivered_revision)"
                    + " FROM alohub.sync_status ORDER BY phone";
    private static final String STATUSES = "SELECT id || ' ' || status FROM alohub.outbox_status ORDER BY id";

    private record End(List<String> customers, List<String> rows) {}

    @Test
    void the_merge_ends_in_the_same_state_without_leases_and_without_the_second_thread() throws Exception {
        End with = end(true);
        End without = end(false);
        assertEquals(60, with.customers.size());
        assertEquals(with, without);
    }

    private static End end(boolean optimised) throws Exception {
        HotPath path = new HotPath();
        StandingDelivery standing = new StandingDelivery(path, 20);
        MergeLeasing account = standing.delivery().leasing();
        Leasing leasing = optimised ? new Leasing(Map.of("default", account)) : Leasing.none();
        AtomicInteger leased = new AtomicInteger();
        MergeStep step = new MergeStep(
                path.intake(),
                leasing,
                merged -> merged.leased().values().forEach(customers -> leased.addAndGet(customers.size())));
        IdleWait wait = new IdleWait(null, Duration.ofMillis(20));
        SecondMerge second = optimised ? new SecondMerge(step, wait, System::nanoTime) : null;
        MergeLoop merging = new MergeLoop(step, wait, null, second, System::nanoTime);
        standing.delivery().start();
        Await.until("the account can be leased from", () -> account.available() < Integer.MAX_VALUE);
        path.database.execute(ROWS);
        if (optimised) {
            Await.until("a customer was leased in its merge", () -> leaseOne(step, account) || leased.get() > 0);
        }
        merging.start();
        Await.until(
                "all rows are merged",
                () -> path.database
                        .one("SELECT count(*) FROM alohub.customer_outbox WHERE merge_status IS NULL")
                        .equals("0"));
        merging.stop();
        standing.end();
        assertEquals(optimised, leased.get() > 0, leased + " customers were leased in their merge");
        path.endWaits();
        path.deliver();
        return new End(path.database.column(CUSTOMERS), path.database.column(STATUSES));
    }

    /** Merges one row once its account has capacity. */
    private static boolean leaseOne(MergeStep step, MergeLeasing account) {
        try {
            return account.available() > 0
                    && step.take(1).leased().values().stream().anyMatch(customers -> !customers.isEmpty());
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
