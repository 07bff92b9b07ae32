package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.contact.Reason;
import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a merge reports of the rows that it rejects. */
class RejectedRowsIT {

    private static final HotPath PATH = new HotPath();

    @Test
    void each_rejected_row_is_reported_with_its_account_its_source_and_the_reason_that_is_no_repair()
            throws SQLException {
        PATH.database.execute("INSERT INTO alohub.customer_outbox (account, phone, source) VALUES"
                + " (NULL, '0868793800', 'erp'), ('default', '', 'erp'), ('default', E'abc\\u200b', 'form'), (' ', 'x', NULL),"
                + " ('nobody', '0868793801', 'erp'), ('default', '', repeat('long', 1000))");
        Merged merged = PATH.intake().mergeBatch(100, Map.of());
        assertEquals(6, merged.rows());
        assertEquals(5, merged.rejected());
        assertEquals(
                List.of(
                        new Rejection("default", "erp", Reason.PHONE_MISSING),
                        new Rejection("default", "form", Reason.PHONE_NO_DIGITS),
                        new Rejection("default", null, Reason.PHONE_NO_DIGITS),
                        new Rejection(null, "erp", Reason.ACCOUNT_UNKNOWN),
                        new Rejection("default", "long".repeat(11).substring(0, 41), Reason.PHONE_MISSING)),
                merged.rejections());
    }
}
