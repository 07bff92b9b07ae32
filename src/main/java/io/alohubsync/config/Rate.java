package io.alohubsync.config;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit of calls: in any window of {@code window} there are {@code calls} at most.
 *
 * @param calls  at least 1
 * @param burst  calls that may go at once after a pause, 1 to {@code calls}: the others go more
 *               slowly, so that the window's limit holds
 */
public record Rate(double calls, Duration window, int burst) {

    private static final double WIRE_SECONDS = 0.02;
    private static final double WIRE_SHARE = 0.02;
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?:\\s*/\\s*(\\S+))?");

    /**
     * @param text {@code 50} (a second), {@code 50/1s}, {@code 300/10s}
     * @throws IllegalArgumentException it is none of these, or out of range
     */
    public static Rate of(String text, int burst) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a rate");
        }
        double calls = Double.parseDouble(form.group(1));
        Duration window = form.group(2) == null ? Duration.ofSeconds(1) : duration(form.group(2));
        if (window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("has too long a window");
        }
        double perSecond = perSecond(calls, window);
        if (!(perSecond >= 0.01 && perSecond <= 100_000)) {
            throw new IllegalArgumentException("is out of range");
        }
        if (calls != Math.floor(calls)) { // half a call a second becomes one call in two
            window = Duration.ofNanos((long) (window.toNanos() / calls));
            calls = 1;
        }
        if (burst < 1 || burst > calls) {
            throw new IllegalArgumentException("has a burst that is out of range");
        }
        return new Rate(calls, window, burst);
    }

    private static Duration duration(String text) {
        boolean onlyUnit = text.matches("ms|s|m|h|d"); // 50/s
        Duration window = DurationConverter.parseDuration(onlyUnit ? "1" + text : text);
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("has no window");
        }
        return window;
    }

    public double perSecond() {
        return perSecond(calls, window);
    }

    private static double perSecond(double calls, Duration window) {
        return calls / seconds(window);
    }

    private static double seconds(Duration window) {
        return window.toNanos() / 1e9;
    }

    /**
     * Seconds from one call to the next. A window of w seconds that begins with a burst of b holds
     * at most w / interval − 1 more calls, which makes {@code calls} together. The window is taken
     * a little longer than it is: Alohub counts calls when they arrive, and the network shifts
     * them.
     */
    public double intervalSeconds() {
        double seconds = seconds(window);
        return (seconds + Math.min(WIRE_SECONDS, seconds * WIRE_SHARE)) / (calls - burst + 1);
    }
}
