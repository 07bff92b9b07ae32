package io.alohubsync.operate.upload;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Why;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A file whose pieces come one after the other.
 *
 * @param worker names this sending of it: where it is sent once more, only the last sending counts
 */
record OnItsWay(PeopleDatabase database, Actor actor, String id, String worker) implements Receipt.Store {

    private static final Sql APPEND = Sql.named("upload/append-chunk");
    private static final Sql COMPLETE = Sql.named("upload/complete-upload");
    private static final Sql ABANDON = Sql.named("upload/abandon-upload");

    @Override
    public void append(int n, byte[] piece) {
        changed(database.act(
                actor,
                connection -> APPEND.on(connection)
                        .set("id", id)
                        .set("worker", worker)
                        .set("n", n)
                        .set("bytes", piece)
                        .update()));
    }

    @Override
    public void complete(String digest) {
        changed(database.act(
                actor,
                connection -> COMPLETE.on(connection)
                        .set("id", id)
                        .set("worker", worker)
                        .set("digest", digest)
                        .update()));
    }

    @Override
    public void abandon() {
        database.act(actor, connection -> abandon(connection, id, worker));
    }

    /** @param worker null: of any sending */
    static int abandon(Connection connection, String id, @Nullable String worker) throws SQLException {
        return ABANDON.on(connection).set("id", id).set("worker", worker).update();
    }

    private static void changed(int rows) {
        if (rows != 1) {
            throw Declined.because(Why.UPLOAD_CHANGED);
        }
    }
}
