package io.alohubsync.bench;

/** One bar of the chart, with a line from the least to the most. */
record Bar(String label, double value, double least, double most) {

    static Bar of(Series series) {
        return new Bar(series.name(), series.median(), series.least(), series.most());
    }
}
