package io.alohubsync.cli;

import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.contact.Reason;
import io.alohubsync.spreadsheet.ImportJob;
import io.alohubsync.spreadsheet.Preview;
import io.alohubsync.spreadsheet.Tally;
import io.alohubsync.spreadsheet.read.Columns;
import io.alohubsync.spreadsheet.read.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What would come of a file, for a person and as JSON.
 *
 * @param rate calls a second; empty: unknown
 */
record ImportPreview(ImportJob job, Preview preview, OptionalDouble rate, Words words) {

    private String encoding() {
        return job.file().workbook() ? "XLSX" : job.file().encoding().name();
    }

    /** Null: the rate is unknown. */
    private @Nullable Long seconds() {
        return rate.isPresent() ? (long) Math.ceil(preview.toSend() / rate.getAsDouble()) : null;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(columns(), ""));
        @Nullable Long seconds = seconds();
        lines.addAll(Table.lines(List.of(
                row("rows", preview.rows()),
                row("usable", preview.usable()),
                row("repaired", preview.repaired()),
                row("rejected", preview.rejected()),
                row("duplicates", preview.duplicates()),
                row("unchanged", preview.unchanged()),
                row("to-send", preview.toSend()),
                List.of(
                        words.text("import.time"),
                        seconds == null ? words.text("import.time-unknown") : Times.age(seconds)))));
        reasons(lines, "import.repairs", preview.repairs());
        reasons(lines, "import.rejections", preview.rejections());
        return lines;
    }

    private List<String> row(String what, long count) {
        return List.of(words.text("import." + what), Long.toString(count));
    }

    private String columns() {
        List<String> named = new ArrayList<>();
        for (int field = 0; field < Columns.FIELDS.size(); field++) {
            String titles = job.layout().columns().described(field, this::title);
            if (!titles.isEmpty()) {
                named.add(words.text("import.column." + Columns.FIELDS.get(field)) + " = " + titles);
            }
        }
        return encoding() + sheet() + "; " + String.join(", ", named);
    }

    /** Where there are several, a person should see which one it is. */
    private String sheet() {
        List<String> sheets = job.layout().sheets();
        return sheets.size() < 2
                ? ""
                : ", "
                        + words.text(
                                "import.sheet-of",
                                Table.plain(sheets.getFirst()),
                                Table.plain(String.join(", ", sheets.subList(1, sheets.size()))));
    }

    String title(int column) {
        Layout layout = job.layout();
        String title = Table.plain(layout.title(column));
        String letter = Columns.letter(column);
        return title.equals(letter) ? letter : title + " (" + letter + ")";
    }

    private void reasons(List<String> lines, String heading, Map<Reason, Tally> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(words.text(heading), words.text("column.count"), words.text("import.lines")));
        sorted(reasons)
                .forEach((reason, tally) -> table.add(List.of(
                        reason.code(),
                        Long.toString(tally.count()),
                        tally.examples().stream()
                                .map(example -> example.line() + " " + example.phone())
                                .collect(Collectors.joining(", ")))));
        lines.add("");
        lines.addAll(Table.lines(table));
        lines.add("");
        sorted(reasons).forEach((reason, _) -> lines.add(reason.code() + ": " + reason.sentence(words.isVietnamese())));
    }

    /** The most frequent first. */
    private static Map<Reason, Tally> sorted(Map<Reason, Tally> reasons) {
        Map<Reason, Tally> sorted = new LinkedHashMap<>();
        reasons.entrySet().stream()
                .sorted((one, other) ->
                        Long.compare(other.getValue().count(), one.getValue().count()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("file_digest", job.file().digest());
        all.put("encoding", encoding());
        all.put("sheet", job.layout().sheets().stream().findFirst().orElse(null));
        all.put("account", job.target().account());
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (int field = 0; field < Columns.FIELDS.size(); field++) {
            String titles = job.layout().columns().described(field, job.layout()::title);
            columns.put(Columns.FIELDS.get(field), titles.isEmpty() ? null : titles);
        }
        all.put("columns", columns);
        all.put("rows", preview.rows());
        all.put("usable", preview.usable());
        all.put("repaired", preview.repaired());
        all.put("rejected", preview.rejected());
        all.put("duplicates", preview.duplicates());
        all.put("unchanged", preview.unchanged());
        all.put("to_send", preview.toSend());
        all.put("seconds", seconds());
        all.put("repairs", json(preview.repairs()));
        all.put("rejections", json(preview.rejections()));
        return all;
    }

    private static List<Object> json(Map<Reason, Tally> reasons) {
        List<Object> all = new ArrayList<>();
        sorted(reasons).forEach((reason, tally) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("reason", reason.code());
            one.put("count", tally.count());
            one.put(
                    "examples",
                    tally.examples().stream()
                            .map(example -> Map.of("line", example.line(), "phone", example.phone()))
                            .toList());
            all.add(one);
        });
        return all;
    }
}
