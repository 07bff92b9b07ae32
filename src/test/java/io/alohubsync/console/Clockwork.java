package io.alohubsync.console;

import java.util.ArrayList;
import java.util.List;

/** A clock and its timers, driven by hand. */
final class Clockwork implements Pace.Timer {

    private record Timed(long at, Runnable task) {}

    private final List<Timed> timers = new ArrayList<>();
    private long now = 5;

    long now() {
        return now;
    }

    @Override
    public void after(long nanos, Runnable task) {
        timers.add(new Timed(now + nanos, task));
    }

    void pass(long millis) {
        now += millis * 1_000_000;
        List<Timed> due = timers.stream().filter(timed -> timed.at <= now).toList();
        timers.removeAll(due);
        due.forEach(timed -> timed.task.run());
    }
}
