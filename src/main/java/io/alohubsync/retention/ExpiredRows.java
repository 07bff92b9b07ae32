package io.alohubsync.retention;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Deletes what has expired, some rows at a time: idempotency keys of the intake and counts of
 * failed logins after a day, ended logins once they would have ended by themselves. Requests
 * without a login can create many of them, so no request of a person or a source deletes those of
 * others.
 */
public final class ExpiredRows {

    private static final List<Sql> PURGES = List.of(
            Sql.named("retention/purge-intake-key"),
            Sql.named("retention/purge-login-failure"),
            Sql.named("retention/purge-ended-login"));
    private static final int LIMIT = 1_000;
    private static final int MOST_BATCHES = 100;

    private final DataSource database;

    public ExpiredRows(DataSource database) {
        this.database = database;
    }

    public void purge() throws SQLException {
        for (Sql purge : PURGES) {
            purge(purge);
        }
    }

    private void purge(Sql purge) throws SQLException {
        int gone = LIMIT;
        for (int batch = 0; batch < MOST_BATCHES && gone == LIMIT; batch++) {
            gone = Transaction.run(
                    database,
                    connection -> purge.on(connection).set("limit", LIMIT).update());
        }
    }
}
