package io.alohubsync.operate.jobs;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Derives the figures of each minute, so that no page counts calls, and the names to search by, so
 * that no merge writes them. Each step is one short transaction of one replica. While customers
 * wait for their calls, names are written slowly: such a step is followed by a pause of twenty-five
 * times its length.
 */
public final class Followers {

    private static final int CALLS = 20_000;
    private static final int CUSTOMERS = 2_000;
    private static final int SAMPLE = 500;
    private static final int CHANGED = 20_000;

    private static final double USUAL = 10; // seconds
    private static final double BEHIND = 0.5;
    private static final double ROWS = 80; // more than the minute in which a row should be delivered
    private static final double SEARCH = 3;
    private static final int SHARE_OF_A_DRAIN = 25;
    private static final int SHARE = 3;

    private static final Sql TAKE = Sql.named("operate/take-turn");
    private static final Sql END = Sql.named("operate/end-turn");
    private static final Sql HIGHEST = Sql.named("operate/read-highest-ids");
    private static final Sql ATTEMPTS = Sql.named("operate/follow-attempts");
    private static final Sql SAMPLE_ROWS = Sql.named("operate/follow-rows");
    private static final Sql CHANGED_CUSTOMERS = Sql.named("operate/follow-changed-customers");
    private static final Sql ALL_CUSTOMERS = Sql.named("operate/follow-customers");
    private static final Sql PURGE = Sql.named("operate/purge-throughput");

    private final DataSource database;
    private final LongSupplier nanoTime;

    public Followers(DataSource database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
    }

    private record Place(long at, long seen, boolean known) {}

    private record Highest(long attempt, long row, long customer, boolean busy) {}

    private record Taken(long count, long last) {}

    private interface Turn {
        void take(Connection connection, Place place, Highest highest) throws SQLException;
    }

    /** A turn of each whose time has come. */
    public void run() throws SQLException {
        turn("attempts", this::attempts);
        turn("rows", this::rows);
        turn("search", (connection, place, highest) -> customers(connection, "search", place, highest));
        turn("search-round", (connection, place, highest) -> customers(connection, "search-round", place, highest));
    }

    private void turn(String name, Turn turn) throws SQLException {
        Transaction.run(database, connection -> {
            Place place = place(connection, name);
            if (place != null) {
                turn.take(connection, place, highest(connection));
            }
            return true;
        });
    }

    private static @Nullable Place place(Connection connection, String name) throws SQLException {
        List<Place> places = TAKE.on(connection)
                .set("name", name)
                .list(row -> new Place(row.getLong(1), row.getLong(2), row.getBoolean(3)));
        return places.isEmpty() ? null : places.getFirst();
    }

    private static Highest highest(Connection connection) throws SQLException {
        return HIGHEST.on(connection)
                .list(row -> new Highest(row.getLong(1), row.getLong(2), row.getLong(3), row.getBoolean(4)))
                .getFirst();
    }

    /** Up to what was there at the last step, whose transactions have usually ended. */
    private void attempts(Connection connection, Place place, Highest highest) throws SQLException {
        long after = Math.min(place.at(), highest.attempt()); // ids may start again
        Taken taken = ATTEMPTS.on(connection)
                .set("after", after)
                .set("seen", Math.max(after, place.seen()))
                .set("most", CALLS)
                .list(row -> new Taken(row.getLong(1), row.getLong(2)))
                .getFirst();
        boolean behind = taken.count() == CALLS;
        end(
                connection,
                "attempts",
                new Place(taken.last(), behind ? place.seen() : highest.attempt(), true),
                behind ? BEHIND : USUAL);
    }

    /** The first step starts after the newest row. */
    private void rows(Connection connection, Place place, Highest highest) throws SQLException {
        if (place.known() && place.seen() > place.at()) {
            long step = Math.max(1, (place.seen() - place.at()) / SAMPLE);
            SAMPLE_ROWS
                    .on(connection)
                    .set("after", place.at())
                    .set("seen", place.seen())
                    .set("step", step)
                    .update();
            CHANGED_CUSTOMERS
                    .on(connection)
                    .set("after", place.at())
                    .set("seen", place.seen())
                    .set("most", CHANGED)
                    .update();
            PURGE.on(connection).update();
        }
        long newest = highest.row() == 0 ? place.seen() : highest.row(); // the retention may have deleted all
        long at = place.known() ? Math.min(place.seen(), newest) : newest;
        end(connection, "rows", new Place(at, newest, true), ROWS);
    }

    /**
     * New customers, and in a round all: what a row changed later is found by that at the latest.
     */
    private void customers(Connection connection, String name, Place place, Highest highest) throws SQLException {
        boolean round = name.equals("search-round");
        if (round && highest.busy()) {
            end(connection, name, place, USUAL);
            return;
        }
        long begun = nanoTime.getAsLong();
        Taken taken = ALL_CUSTOMERS
                .on(connection)
                .set("after", place.at())
                .set("seen", Math.max(place.at(), place.seen()))
                .set("most", CUSTOMERS)
                .list(row -> new Taken(row.getLong(1), row.getLong(2)))
                .getFirst();
        double took = (nanoTime.getAsLong() - begun) / 1e9;
        boolean behind = taken.count() == CUSTOMERS;
        double share = took * (highest.busy() ? SHARE_OF_A_DRAIN : SHARE);
        long seen = behind ? place.seen() : highest.customer();
        long at = round && !behind ? 0 : taken.last();
        double pause = round ? Math.max(behind ? SEARCH : ROWS, share) : behind ? share : Math.max(SEARCH, share);
        end(connection, name, new Place(at, seen, true), pause);
    }

    private static void end(Connection connection, String name, Place place, double pause) throws SQLException {
        END.on(connection)
                .set("name", name)
                .set("at", place.at())
                .set("seen", place.seen())
                .set("pause", pause)
                .update();
    }
}
