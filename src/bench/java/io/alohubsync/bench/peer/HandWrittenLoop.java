package io.alohubsync.bench.peer;

import io.alohubsync.bench.Pool;
import io.alohubsync.bench.Words;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What people write by hand: select what is pending, post it, update its status, one after the
 * other.
 */
public final class HandWrittenLoop {

    private static final int BATCH = 100;

    private HandWrittenLoop() {}

    /** {@code HandWrittenLoop jdbcUrl user password stubUrl}. */
    public static void main(String... arguments) throws Exception {
        PeerTable table = new PeerTable(Pool.of(arguments[0], arguments[1], arguments[2], 1, ""));
        LeadCall call = new LeadCall(arguments[3], 1);
        System.out.println(Words.BEGINS);
        while (true) {
            List<Row> batch = table.pending(BATCH);
            for (Row row : batch) {
                row.error = call.post(row.phone, row.name, row.email);
                table.settleOne(row);
            }
            if (batch.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
