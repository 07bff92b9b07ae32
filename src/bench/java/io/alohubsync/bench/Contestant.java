package io.alohubsync.bench;

import io.alohubsync.demo.Stub;
import java.io.IOException;
import java.util.Map;

/**
 * One of those that are compared: its table, how it is started and how its end is seen.
 *
 * @param name    in figures
 * @param what    in a sentence
 * @param share   it gets one row of so many; 1: all
 * @param schema  of its database
 * @param fill    writes ROWS customers
 * @param begins  words of the line that it prints when its time begins to count
 * @param left    SQL, cheap: whether rows are left to be taken
 * @param settled SQL: how many rows have come to their end
 * @param calls   whether it calls the stub
 */
record Contestant(
        String name,
        String what,
        int share,
        Schema schema,
        String fill,
        String begins,
        String left,
        String settled,
        boolean calls,
        Start start) {

    sealed interface Schema {
        /** The daemon's own. */
        record Migrated() implements Schema {}

        record Sql(String create) implements Schema {}
    }

    @FunctionalInterface
    interface Start {
        /** @param awaited what to do when it prints these words */
        Program program(Database database, Stub stub, int rows, Map<String, Runnable> awaited) throws IOException;
    }
}
