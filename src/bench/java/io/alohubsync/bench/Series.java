package io.alohubsync.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All runs of one of those that are compared. */
record Series(String name, String what, List<Run> runs) {

    static Series of(String name, String what) {
        return new Series(name, what, new ArrayList<>());
    }

    double median() {
        return quantile(Run::value, 0.5);
    }

    double least() {
        return quantile(Run::value, 0);
    }

    double most() {
        return quantile(Run::value, 1);
    }

    double median(String detail) {
        return quantile(run -> run.details().getOrDefault(detail, Double.NaN), 0.5);
    }

    /** Between two neighbours in proportion. */
    double quantile(ToDoubleFunction<Run> figure, double share) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
