package io.alohubsync.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Predicate;

/**
 * An account for which no rate is set, in virtual time: its calls, its gate and its schedule, as they are in the worker, in
 * Gate (THROTTLE, REOPEN), in RefusalSql and in ClaimSql (PERMITS_BY_SCHEDULE, SPEND). One replica, an endless backlog.
 */
final class LearningLoop {

    private static final int CONCURRENCY = 64;
    private static final double HORIZON = 0.05;
    private static final double RAMP = 8;
    private static final double POLL = 1;
    private static final double FRESH = 0.2;
    private static final double LATE = 1e-4; // so that what a moment later sees has happened

    /** What Alohub answers. @param pause seconds, where it names them */
    record Answer(boolean taken, Double pause) {
        static final Answer TAKEN = new Answer(true, null);
    }

    @FunctionalInterface
    interface Limiter {
        Answer ask(double now);
    }

    private record Call(double begun, boolean taken) {}

    private record Event(double at, long turn, Runnable happens) {}

    private enum State {
        OPEN,
        THROTTLED,
        PROBING
    }

    private final Limiter limiter;
    private final double latency;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::turn));
    private final List<Call> history = new ArrayList<>();
    private final List<Answer> news = new ArrayList<>();
    private double now;
    private long turns;
    private long rounds;
    private int claimed;
    private int inFlight;

    private State gate = State.OPEN;
    private double gateSince;
    private double gateUntil;
    private int throttles;
    private double spentUntil = Double.NEGATIVE_INFINITY;
    private LearnedRate rate = LearnedRate.NONE;
    private double learnedAt = Double.NEGATIVE_INFINITY;

    LearningLoop(Limiter limiter, double latency, long seed) {
        this.limiter = limiter;
        this.latency = latency;
        this.random = new Random(seed);
        roundAt(0);
    }

    LearningLoop runUntil(double end) {
        while (events.element().at < end) {
            Event next = events.remove();
            now = next.at;
            next.happens.run();
        }
        return this;
    }

    double takenPerSecond(double from, double to) {
        return count(from, to, Call::taken) / (to - from);
    }

    double shareRefused(double from, double to) {
        double refused = count(from, to, call -> !call.taken);
        return refused / Math.max(1, count(from, to, call -> true));
    }

    private long count(double from, double to, Predicate<Call> which) {
        return history.stream()
                .filter(call -> call.begun >= from && call.begun < to)
                .filter(which)
                .count();
    }

    private void at(double time, Runnable happens) {
        events.add(new Event(time, turns++, happens));
    }

    /** The claiming loop's next round, unless it is woken before. */
    private void roundAt(double time) {
        long round = ++rounds;
        at(time, () -> {
            if (round == rounds) {
                round();
            }
        });
    }

    private void round() {
        new HashSet<>(news).forEach(answer -> throttle(answer.pause));
        news.clear();
        if (gate == State.THROTTLED && gateUntil <= now) {
            reopen();
        } else if (gate == State.PROBING && gateSince + RAMP <= now) {
            gate = State.OPEN;
            gateSince = now;
        }
        if (gate == State.THROTTLED) {
            roundAt(now + POLL + LATE);
        } else if (gate == State.OPEN && rate.perSecond() == null) {
            for (int room = 2 * CONCURRENCY - claimed; room > 0; room--) {
                callAt(now);
            }
            roundAt(now + latency / 4);
        } else {
            roundAt(now + Math.min(FRESH, Math.max(0.002, claim() - now - HORIZON / 2)));
        }
    }

    /** @return the next slot */
    private double claim() {
        double ramped = 0.1 / Math.pow(1000, Math.min(1, (now - gateSince) / RAMP));
        double learned = rate.perSecond() == null ? 0 : 1 / rate.perSecond();
        double interval = Math.max(learned, gate == State.PROBING ? ramped : 0);
        double freeFrom = Math.max(spentUntil, now);
        long room = 2 * CONCURRENCY - claimed;
        long allowed = Math.min(room, Math.max(0, (long) Math.floor((now - freeFrom + HORIZON) / interval + 1e-6) + 1));
        for (int i = 0; i < allowed; i++) {
            callAt(freeFrom + i * interval);
        }
        if (allowed > 0) {
            spentUntil = freeFrom + allowed * interval;
            if (allowed < room && interval == learned) {
                rate = new LearnedRate(grown(allowed), rate.limit(), rate.doubts());
            }
        }
        return freeFrom + allowed * interval;
    }

    private double grown(long taken) {
        double perSecond = rate.perSecond();
        boolean seeks = rate.limit() == null || perSecond > 1.05 * rate.limit();
        return perSecond + taken * (seeks ? 0.2 : rate.limit() / (600 * perSecond));
    }

    private void callAt(double slot) {
        claimed++;
        at(slot, this::callWhenACallerIsFree);
    }

    private void callWhenACallerIsFree() {
        if (inFlight == CONCURRENCY) {
            at(now + latency / 10, this::callWhenACallerIsFree);
        } else if (!news.isEmpty() || gate == State.THROTTLED) {
            claimed--; // given back
        } else {
            call();
        }
    }

    private void call() {
        double begun = now;
        double half = latency * (0.4 + 0.2 * random.nextDouble());
        inFlight++;
        at(now + half, () -> {
            Answer answer = limiter.ask(now);
            at(now + half, () -> answered(begun, answer));
        });
    }

    private void answered(double begun, Answer answer) {
        inFlight--;
        claimed--;
        history.add(new Call(begun, answer.taken));
        if (!answer.taken) {
            news.add(answer);
            roundAt(now);
        } else if (begun > gateSince && gate != State.THROTTLED) {
            throttles = 0;
        }
    }

    private void throttle(Double pause) {
        double doubled = Math.pow(2, Math.min(throttles, 11));
        if (gate != State.THROTTLED) {
            gate = State.THROTTLED;
            gateSince = now;
            gateUntil = now + (pause == null ? doubled : Math.max(pause, doubled));
            throttles++;
        } else if (pause != null) {
            gateUntil = Math.max(gateUntil, now + pause);
        }
    }

    private void reopen() {
        double first = first(call -> !call.taken && call.begun > Math.max(learnedAt, gateSince - 25));
        if (first < Double.POSITIVE_INFINITY) {
            double began = first(call -> call.taken && call.begun > first - 10);
            int answered = (int) count(began, now, Call::taken);
            int refused = (int) count(first, now, call -> !call.taken);
            int passed = (int) count(first, now, Call::taken);
            LearnedRate next = rate.after(new LearnedRate.Refusal(answered, refused, passed, gateSince - learnedAt));
            if (next.perSecond() != null && answered > 0) {
                double tenSeconds = LearnedRate.WINDOW_SECONDS / 0.95;
                spentUntil = Math.max(spentUntil, began + Math.max(answered / next.perSecond(), tenSeconds));
            }
            rate = next;
            learnedAt = gateSince;
        }
        gate = State.PROBING;
        gateSince = now;
    }

    private double first(Predicate<Call> which) {
        return history.stream().filter(which).mapToDouble(Call::begun).min().orElse(Double.POSITIVE_INFINITY);
    }
}
