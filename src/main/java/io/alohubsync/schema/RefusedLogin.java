package io.alohubsync.schema;

import io.alohubsync.jdbc.DatabaseTrouble;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends the process when the database has refused its user or password for a while: a new password
 * comes with a restart, which the orchestrator does. Used by one thread at a time.
 */
public final class RefusedLogin {

    /** A password may be changed in the database shortly before or after it is changed here. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Consumer<String> end;
    private boolean refused;
    private long since;

    /** @param end ends the process with that sentence */
    public RefusedLogin(LongSupplier nanoTime, Consumer<String> end) {
        this.nanoTime = nanoTime;
        this.end = end;
    }

    public void passed() {
        refused = false;
    }

    public void failed(SQLException failure) {
        if (!DatabaseTrouble.isRefusal(failure)) {
            refused = false;
            return;
        }
        if (!refused) {
            refused = true;
            since = nanoTime.getAsLong();
        }
        if (nanoTime.getAsLong() - since >= PATIENCE.toNanos()) {
            end.accept("the database: for " + PATIENCE.toSeconds() + " s " + DatabaseTrouble.describe(failure)
                    + "; start it again with the new ones.");
        }
    }
}
