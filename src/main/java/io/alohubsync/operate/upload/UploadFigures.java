package io.alohubsync.operate.upload;

import io.alohubsync.contact.Reason;
import io.alohubsync.spreadsheet.ImportJob;
import io.alohubsync.spreadsheet.ImportState;
import io.alohubsync.spreadsheet.Preview;
import io.alohubsync.spreadsheet.Tally;
import io.alohubsync.spreadsheet.read.Columns;
import io.alohubsync.spreadsheet.read.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What would come of a file.
 *
 * @param sheet       that is read; null: the file is a text
 * @param otherSheets of the workbook, as many as a page can show; hidden ones are left out
 * @param otherPhones columns that look like phones, too, and are not used
 * @param damaged     characters that the file's program could not write
 * @param seconds     until all are sent; null: the rate is unknown
 * @param before      what was imported of this file before
 */
public record UploadFigures(
        String encoding,
        @Nullable String sheet,
        List<String> otherSheets,
        List<Column> columns,
        List<String> otherPhones,
        long damaged,
        long rows,
        long usable,
        long repaired,
        long rejected,
        long duplicates,
        long unchanged,
        long toSend,
        @Nullable Long seconds,
        Before before,
        List<Cause> repairs,
        List<Cause> rejections) {

    private static final int MOST_SHEETS = 20;
    private static final int MOST_OF_A_NAME = 100;

    public UploadFigures {
        otherSheets = otherSheets == null ? List.of() : otherSheets; // an older version's
    }

    /** @param title with its letter */
    public record Column(String field, String title) {}

    public record Before(long lines, long written, boolean finished) {}

    public record Cause(String code, long count, List<Example> examples) {}

    /** @param phone masked */
    public record Example(long line, String phone) {}

    static UploadFigures of(ImportJob job, Preview preview, OptionalDouble rate, ImportState before) {
        return new UploadFigures(
                job.file().workbook() ? "XLSX" : job.file().encoding().name(),
                job.layout().sheets().stream()
                        .findFirst()
                        .map(UploadFigures::plain)
                        .orElse(null),
                otherSheets(job.layout().sheets()),
                columns(job.layout()),
                job.layout().otherPhones().stream()
                        .map(column -> title(job.layout(), column))
                        .toList(),
                job.file().encoding().damaged(),
                preview.rows(),
                preview.usable(),
                preview.repaired(),
                preview.rejected(),
                preview.duplicates(),
                preview.unchanged(),
                preview.toSend(),
                rate.isPresent() ? (long) Math.ceil(preview.toSend() / rate.getAsDouble()) : null,
                new Before(before.lines(), before.written(), before.finished()),
                causes(preview.repairs()),
                causes(preview.rejections()));
    }

    private static List<String> otherSheets(List<String> sheets) {
        List<String> others = new ArrayList<>(sheets.stream()
                .skip(1)
                .limit(MOST_SHEETS)
                .map(UploadFigures::plain)
                .toList());
        if (sheets.size() > MOST_SHEETS + 1) {
            others.add("…");
        }
        return others;
    }

    private static String plain(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", " ");
        return plain.substring(0, Math.min(plain.length(), MOST_OF_A_NAME));
    }

    private static List<Column> columns(Layout layout) {
        List<Column> columns = new ArrayList<>();
        for (int field = 0; field < Columns.FIELDS.size(); field++) {
            String titles = layout.columns().described(field, column -> title(layout, column));
            if (!titles.isEmpty()) {
                columns.add(new Column(Columns.FIELDS.get(field), titles));
            }
        }
        return columns;
    }

    private static String title(Layout layout, int column) {
        String title = plain(layout.title(column));
        String letter = Columns.letter(column);
        return title.equals(letter) ? letter : title + " (" + letter + ")";
    }

    private static List<Cause> causes(Map<Reason, Tally> reasons) {
        return reasons.entrySet().stream()
                .map(entry -> new Cause(
                        entry.getKey().code(),
                        entry.getValue().count(),
                        entry.getValue().examples().stream()
                                .map(example -> new Example(example.line(), example.phone()))
                                .toList()))
                .sorted(Comparator.comparingLong(Cause::count).reversed())
                .toList();
    }
}
