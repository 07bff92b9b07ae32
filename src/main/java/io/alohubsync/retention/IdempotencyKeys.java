package io.alohubsync.retention;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Deletes the idempotency keys of the intake that are older than a day, some at a time. */
public final class IdempotencyKeys {

    private static final Sql PURGE = Sql.named("retention/purge-intake-key");
    private static final int LIMIT = 1_000;
    private static final int MOST_BATCHES = 100;

    private final DataSource database;

    public IdempotencyKeys(DataSource database) {
        this.database = database;
    }

    public void run() throws SQLException {
        int gone = LIMIT;
        for (int batch = 0; batch < MOST_BATCHES && gone == LIMIT; batch++) {
            gone = Transaction.run(
                    database,
                    connection -> PURGE.on(connection).set("limit", LIMIT).update());
        }
    }
}
