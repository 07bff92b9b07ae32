package io.alohubsync.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one scenario came to: printed, and written as JSON and as a chart.
 *
 * @param name of its files
 * @param unit of its values
 */
record Report(String name, String title, String unit, List<Series> series, List<Bar> bars) {

    private static final Path FOLDER = Path.of("docs/benchmarks");

    /** A bar for the median of each. */
    static Report of(String name, String title, String unit, List<Series> series) {
        return new Report(
                name, title, unit, series, series.stream().map(Bar::of).toList());
    }

    void print() {
        System.out.printf("%n%s%n%-34s %12s %23s  %s%n", title, unit, "median", "least – most", "of the first");
        double first = bars.getFirst().value();
        for (Bar bar : bars) {
            System.out.printf(
                    "%-34s %12s %23s  × %.2f%n",
                    bar.label(),
                    number(bar.value()),
                    number(bar.least()) + " – " + number(bar.most()),
                    bar.value() / first);
        }
        for (Series one : series) {
            Map<String, Double> details = one.runs().getFirst().details();
            if (!details.isEmpty()) {
                System.out.printf("%n%s: %s%n  medians:", one.name(), one.what());
                details.keySet().forEach(detail -> System.out.printf("  %s %s", detail, number(one.median(detail))));
            }
        }
        System.out.println();
    }

    /** As many digits as a reader can use. */
    static String number(double value) {
        return String.format(value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }

    void write(Machine machine) throws IOException {
        Files.createDirectories(FOLDER);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scenario", name);
        json.put("title", title);
        json.put("unit", unit);
        json.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("machine", machine.facts());
        json.put("series", series.stream().map(this::json).toList());
        Path file = FOLDER.resolve(name + ".json");
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
        Path picture = FOLDER.resolve(name + ".png");
        Chart.draw(this, machine, picture);
        System.out.println("\nwritten: " + file + ", " + picture);
    }

    private Map<String, Object> json(Series one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", one.name());
        json.put("what", one.what());
        json.put("median", one.median());
        json.put("least", one.least());
        json.put("most", one.most());
        json.put("p99", one.quantile(Run::value, 0.99));
        json.put("ratioToFirst", one.median() / series.getFirst().median());
        json.put("runs", one.runs());
        return json;
    }
}
