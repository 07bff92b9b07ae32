package io.alohubsync.spreadsheet;

import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of imports, on one connection. One thread uses it. */
public final class ImportStore {

    private static final Sql LOCK = Sql.named("spreadsheet/lock-import");
    private static final Sql FIND = Sql.named("spreadsheet/find-import");
    private static final Sql BEGIN = Sql.named("spreadsheet/begin-import");
    private static final Sql PROGRESS = Sql.named("spreadsheet/record-progress");
    private static final Sql INSERT = Sql.named("spreadsheet/insert-rows");
    private static final Sql FINISH = Sql.named("spreadsheet/finish-import");
    private static final Sql RATE = Sql.named("spreadsheet/read-learned-rate");

    private final Connection connection;
    private final Fence fence;

    /** Of a run that nothing else ends. */
    public ImportStore(Connection connection) {
        this(connection, after -> true);
    }

    /** @param fence asked in the transaction of each batch */
    public ImportStore(Connection connection, Fence fence) {
        this.connection = connection;
        this.fence = fence;
    }

    /** Whether a run may still write. */
    @FunctionalInterface
    public interface Fence {
        /** @param after the state with the batch. @return false: the batch is not written */
        boolean mayWrite(ImportState after) throws SQLException;
    }

    /** An outbox row to be written. */
    record Entry(
            @Nullable String phone,
            @Nullable String name,
            @Nullable String email,
            @Nullable String reference,
            @Nullable Long version) {}

    /** Another run has written in between, or this one was ended. */
    public static final class Overtaken extends SQLException {
        Overtaken() {
            super("another run of this import has written in between", "40001");
        }
    }

    /** Until the connection is closed. @return false: another run has it */
    public boolean lock(ImportJob job) throws SQLException {
        return LOCK.on(connection)
                .set("what", job.file().digest() + " " + job.target().account())
                .list(row -> row.getBoolean(1))
                .getFirst();
    }

    public ImportState state(ImportJob job) throws SQLException {
        return FIND
                .on(connection)
                .set("key", job.key())
                .list(row -> new ImportState(row.getLong(1), row.getLong(2), row.getBoolean(3)))
                .stream()
                .findFirst()
                .orElse(ImportState.NONE);
    }

    /** @param again begins a finished import anew */
    public ImportState begin(ImportJob job, boolean again, String why) throws SQLException {
        BEGIN.on(connection)
                .set("key", job.key())
                .set("digest", job.file().digest())
                .set("account", job.target().account())
                .set("source", job.target().source())
                .set("again", again)
                .set("why", why)
                .list(row -> 1);
        return state(job);
    }

    /** In one transaction. @return the state then */
    ImportState write(ImportJob job, ImportState before, List<Entry> entries, long lines) throws SQLException {
        ImportState after = before.plus(lines, entries.size());
        connection.setAutoCommit(false);
        try {
            int counted = PROGRESS.on(connection)
                    .set("key", job.key())
                    .set("before", before.lines())
                    .set("lines", lines)
                    .set("written", (long) entries.size())
                    .update();
            if (counted != 1) {
                throw new Overtaken();
            }
            if (!entries.isEmpty()) {
                insert(job.target(), entries);
            }
            if (!fence.mayWrite(after)) {
                throw new Overtaken();
            }
            connection.commit();
        } catch (Throwable failure) {
            rollBack(failure);
            throw failure;
        }
        connection.setAutoCommit(true);
        return after;
    }

    private void rollBack(Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }

    private void insert(Target target, List<Entry> entries) throws SQLException {
        INSERT.on(connection)
                .set("account", target.account())
                .set("source", target.source())
                .set("priority", target.priority())
                .texts("phones", entries, Entry::phone)
                .texts("names", entries, Entry::name)
                .texts("emails", entries, Entry::email)
                .texts("references", entries, Entry::reference)
                .longs("versions", entries, Entry::version)
                .update();
    }

    void finish(ImportJob job, ImportState state) throws SQLException {
        int finished = FINISH.on(connection)
                .set("key", job.key())
                .set("lines", state.lines())
                .update();
        if (finished != 1) {
            throw new Overtaken();
        }
    }

    /** Of an account that no replica is configured for: by their ids. */
    public RowOrder order(String account) throws SQLException {
        return Register.known(connection).getOrDefault(account, RowOrder.BY_ID);
    }

    /** Calls a second; null: none was learned. */
    public @Nullable Double learnedRate(String account) throws SQLException {
        return RATE.on(connection).set("account", account).query(row -> row.next() ? (Double) row.getObject(1) : null);
    }
}
