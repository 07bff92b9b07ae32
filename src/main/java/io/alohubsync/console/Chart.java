package io.alohubsync.console;

import io.alohubsync.operate.overview.AccountFigures.Point;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bars of calls over time, to be drawn in a box of {@code width} by {@link #HEIGHT}.
 *
 * @param title for those who do not see it
 */
public record Chart(String title, int width, List<Bar> bars) {

    private static final int STEP = 6;
    private static final int BAR = 5;
    static final int HEIGHT = 60;

    /** @param label time and figures. @param failed of the height, above what was accepted */
    public record Bar(String label, int x, int y, int height, int failedY, int failedHeight) {

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

    static Chart of(String title, List<Point> points, DateTimeFormatter time, Frame frame) {
        long most = Math.max(1, points.stream().mapToLong(Chart::all).max().orElse(1));
        List<Bar> bars = IntStream.range(0, points.size())
                .mapToObj(i -> bar(points.get(i), i * STEP, most, time, frame))
                .toList();
        return new Chart(title, points.size() * STEP, bars);
    }

    private static Bar bar(Point point, int x, long most, DateTimeFormatter time, Frame frame) {
        int accepted = scaled(point.accepted(), most);
        int failed = Math.min(HEIGHT - accepted, scaled(all(point) - point.accepted(), most));
        String label = frame.t(
                "chart.bar",
                time.format(point.at().atZone(frame.zone())),
                frame.number(point.accepted()),
                frame.number(all(point) - point.accepted()));
        return new Bar(label, x, HEIGHT - accepted, accepted, HEIGHT - accepted - failed, failed);
    }

    /** What is not zero can be seen. */
    private static int scaled(long value, long most) {
        return value == 0 ? 0 : (int) Math.max(1, value * HEIGHT / most);
    }

    private static long all(Point point) {
        return point.accepted() + point.failed() + point.notTaken();
    }
}
