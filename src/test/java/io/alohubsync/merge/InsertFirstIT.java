package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.delivery.HotPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a batch looks its customers up first or inserts them first, it comes to the same. */
class InsertFirstIT {

    private static final int FEW = 3;
    private static final int ENOUGH = 20;
    private static final String CUSTOMERS =
            "SELECT concat_ws(' ', phone, name, email, status, wanted_revision, delivered_revision) FROM alohub.sync_status ORDER BY phone";
    private static final String ROWS = "SELECT id || ' ' || status FROM alohub.outbox_status ORDER BY id";

    private record End(List<String> customers, List<String> rows, int leased) {}

    private static List<Claimed> merge(OutboxMerge merge, int most) throws SQLException {
        return merge.mergeBatch(100, Map.of("default", new LeaseRequest("default", HotPath.KEY, most, HotPath.LEASE)))
                .leased()
                .getOrDefault("default", List.of());
    }

    /**
     * Five new customers, then a batch of known ones (at rest, in flight, waiting, locked) and new
     * ones.
     */
    private static End end(boolean insertFirst) throws SQLException {
        HotPath path = new HotPath();
        OutboxMerge first = path.newIntake(false, System::nanoTime);
        for (int i = 1; i <= 5; i++) {
            path.insert("091234500" + i, "Name " + i, null);
        }
        List<Claimed> inFlight = merge(first, FEW);
        assertEquals(FEW, inFlight.size());
        path.settle(HotPath.accepted(inFlight.getFirst())); // at rest
        OutboxMerge second = insertFirst ? first : path.newIntake(false, System::nanoTime);
        path.insert("0912345001", "At rest before", "a@example.vn");
        path.insert("0912345002", "In flight", null);
        path.insert("0912345004", null, "waits@example.vn");
        path.insert("0912345005", "Locked", null);
        path.insert("0912345006", "New", null);
        path.insert("0912345006", null, "new@example.vn");
        path.insert("0912345007", "New too", null);
        path.insert("0912345008", "No capacity", null);
        try (Connection person = path.database.dataSource().getConnection();
                Statement lock = person.createStatement()) {
            person.setAutoCommit(false);
            lock.execute("SELECT FROM alohub.customer WHERE phone = '+84912345005' FOR UPDATE");
            List<Claimed> leased = merge(second, ENOUGH);
            assertEquals(
                    "NEW",
                    path.database.one(
                            "SELECT status FROM alohub.outbox_status WHERE phone = '0912345005' ORDER BY id DESC"));
            person.rollback();
            return new End(path.database.column(CUSTOMERS), path.database.column(ROWS), leased.size());
        }
    }

    @Test
    void a_batch_of_known_and_new_customers_comes_to_the_same_in_either_order() throws SQLException {
        End locked = end(false);
        assertEquals(4, locked.leased, "one that was at rest and three new ones");
        assertEquals(locked, end(true));
    }
}
