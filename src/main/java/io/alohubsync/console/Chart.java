package io.alohubsync.console;

import io.alohubsync.operate.overview.AccountFigures.Point;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bars of calls over time, to be drawn in a box of {@code width} by {@link #HEIGHT}.
 *
 * @param summary of all bars, for those who do not see them
 * @param most    calls of the highest bar: the scale
 */
public record Chart(String title, String summary, String most, int width, List<Bar> bars) {

    private static final int STEP = 6;
    private static final int BAR = 5;
    static final int HEIGHT = 60;

    /** @param time of its figures. @param failedHeight above what was accepted */
    public record Bar(
            String time, String accepted, String failed, int x, int y, int height, int failedY, int failedHeight) {

        public boolean isEmpty() {
            return height + failedHeight == 0;
        }
    }

    public int height() {
        return HEIGHT;
    }

    public int barWidth() {
        return BAR;
    }

    /** Those with a call: the figures of all are a table beside the bars. */
    public List<Bar> used() {
        return bars.stream().filter(bar -> !bar.isEmpty()).toList();
    }

    static Chart of(String title, List<Point> points, DateTimeFormatter time, Frame frame) {
        long most = points.stream().mapToLong(Chart::all).max().orElse(0);
        List<Bar> bars = IntStream.range(0, points.size())
                .mapToObj(i -> bar(points.get(i), i * STEP, Math.max(1, most), time, frame))
                .toList();
        long accepted = points.stream().mapToLong(Point::accepted).sum();
        long all = points.stream().mapToLong(Chart::all).sum();
        String summary = frame.t("chart.bar", title, frame.number(accepted), frame.number(all - accepted));
        return new Chart(title, summary, frame.number(most), points.size() * STEP, bars);
    }

    private static Bar bar(Point point, int x, long most, DateTimeFormatter time, Frame frame) {
        int accepted = scaled(point.accepted(), most);
        int failed = Math.min(HEIGHT - accepted, scaled(all(point) - point.accepted(), most));
        return new Bar(
                time.format(point.at().atZone(frame.zone())),
                frame.number(point.accepted()),
                frame.number(all(point) - point.accepted()),
                x,
                HEIGHT - accepted,
                accepted,
                HEIGHT - accepted - failed,
                failed);
    }

    /** What is not zero can be seen. */
    private static int scaled(long value, long most) {
        return value == 0 ? 0 : (int) Math.max(1, value * HEIGHT / most);
    }

    private static long all(Point point) {
        return point.accepted() + point.failed() + point.notTaken();
    }
}
