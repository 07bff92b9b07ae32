package io.alohubsync.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page that all readers share. It is made at most once a second, on a thread of its own, and only when somebody asks. Used
 * by any thread; this object's lock guards its state.
 */
final class Snapshot {

    /** How long readers wait for a page being made. With the second of {@link Pace} that is less than 2 s. */
    static final long PATIENCE = 900_000_000;

    /** For the first page of a process, whose code the JVM has not compiled yet. */
    static final long FIRST_PATIENCE = 1_500_000_000;

    /** For so long a page is shown again, with a notice, while the database is slow. */
    static final long STILL_OF_USE = 10_000_000_000L;

    /**
     * @param status of HTTP
     * @param late   the same with the notice that the database is slow; null: it is of no use then
     */
    record Page(int status, byte[] html, @Nullable Page late) {}

    private final LongSupplier nanoTime;
    private final Pace.Timer timer;
    private final Executor maker;
    private final Supplier<Page> make;
    private final Page away;
    private List<Consumer<Page>> waiting = new ArrayList<>();
    private @Nullable Page page; // null: the readers wait for the page being made
    private @Nullable Page before; // the last that was read from the database
    private long beforeAt;
    private boolean making;
    private long round;
    private long beganAt;

    /**
     * @param maker one thread
     * @param make  reads the database; throws nothing
     * @param away  for readers that have waited too long
     */
    Snapshot(LongSupplier nanoTime, Pace.Timer timer, Executor maker, Supplier<Page> make, Page away) {
        this.nanoTime = nanoTime;
        this.timer = timer;
        this.maker = maker;
        this.make = make;
        this.away = away;
    }

    /** @param reader gets the page at once, or within {@link #PATIENCE} from another thread */
    void read(Consumer<Page> reader) {
        Page now = current(reader);
        if (now != null) {
            reader.accept(now);
        }
    }

    /** @return null: the reader waits */
    private synchronized @Nullable Page current(Consumer<Page> reader) {
        long now = nanoTime.getAsLong();
        if (page != null && making) {
            return late(); // the page being made takes too long
        }
        if (page != null && now - beganAt < Pace.SECOND) {
            return page;
        }
        waiting.add(reader);
        if (!making) {
            making = true;
            page = null;
            beganAt = now;
            long begun = ++round;
            maker.execute(() -> made(make.get()));
            timer.after(before == null ? FIRST_PATIENCE : PATIENCE, () -> giveUp(begun));
        }
        return null;
    }

    private void made(Page made) {
        List<Consumer<Page>> readers;
        synchronized (this) {
            making = false;
            if (made.late() != null) {
                before = made;
                beforeAt = nanoTime.getAsLong();
            }
            if (page != null) {
                return; // too late: those that waited have been answered
            }
            page = made;
            readers = readers();
        }
        readers.forEach(reader -> reader.accept(made));
    }

    private void giveUp(long begun) {
        List<Consumer<Page>> readers;
        Page instead;
        synchronized (this) {
            if (!making || begun != round) {
                return;
            }
            instead = late();
            page = instead;
            readers = readers();
        }
        readers.forEach(reader -> reader.accept(instead));
    }

    private Page late() {
        boolean ofUse = before != null && nanoTime.getAsLong() - beforeAt < STILL_OF_USE;
        return ofUse && before.late() != null ? before.late() : away;
    }

    private List<Consumer<Page>> readers() {
        List<Consumer<Page>> readers = waiting;
        waiting = new ArrayList<>();
        return readers;
    }
}
