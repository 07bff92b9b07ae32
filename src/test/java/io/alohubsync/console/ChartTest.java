package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.operate.overview.AccountFigures.Point;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Instant NOON = Instant.parse("2026-11-02T05:00:00Z");
    private static final Frame FRAME =
            new Frame(Words.ENGLISH, null, "", "/", ZoneId.of("Asia/Ho_Chi_Minh"), NOON, null);

    private static Chart chart(Point... points) {
        return Chart.of("Calls", List.of(points), DateTimeFormatter.ofPattern("HH:mm"), FRAME);
    }

    @Test
    void the_figures_are_there_as_words_for_those_who_do_not_see_the_bars() {
        Chart chart = chart(
                new Point(NOON, 1200, 3, 1),
                new Point(NOON.plusSeconds(60), 0, 0, 0),
                new Point(NOON.plusSeconds(120), 1, 0, 0));
        assertEquals("Calls: 1,201 accepted, 4 not", chart.summary());
        assertEquals("1,204", chart.most());
        assertEquals(
                List.of("12:00 1,200 4", "12:02 1 0"),
                chart.used().stream()
                        .map(bar -> bar.time() + " " + bar.accepted() + " " + bar.failed())
                        .toList());
    }

    @Test
    void what_is_not_zero_can_be_seen_and_stays_inside_the_box() {
        Chart.Bar bar = chart(new Point(NOON, 100_000, 1, 0)).bars().getFirst();
        assertEquals(Chart.HEIGHT, bar.height() + bar.failedHeight() + bar.failedY());
        assertEquals(Chart.HEIGHT - 1, bar.height());
        assertEquals(1, bar.failedHeight());
    }

    @Test
    void no_call_has_no_bar_and_a_scale_of_zero() {
        Chart chart = chart(new Point(NOON, 0, 0, 0));
        assertEquals("0", chart.most());
        assertEquals(List.of(), chart.used());
    }
}
