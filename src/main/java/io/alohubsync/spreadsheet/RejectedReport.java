package io.alohubsync.spreadsheet;

import io.alohubsync.contact.Reason;
import io.alohubsync.spreadsheet.read.ColumnFinder;
import io.alohubsync.spreadsheet.read.Columns;
import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rejected lines of a file in its own columns, and why: CSV that a spreadsheet opens as it is.
 * It gets its name when it is whole, and replaces no other file. One thread uses it.
 */
public final class RejectedReport implements Closeable {

    private static final int MOST_WITH_ONE_NAME = 1000;

    private final Path target;
    private final Path partial;
    private final SafeCsv csv;
    private final int width;
    private final boolean vietnamese;
    private boolean closed;
    private boolean whole;

    private RejectedReport(Path target, Path partial, ImportJob job, Lines lines, boolean vietnamese)
            throws IOException, FileFault {
        this.target = target;
        this.partial = partial;
        char separator = lines.separator();
        this.width = IntStream.concat(
                        IntStream.of(
                                job.layout().headings().size(),
                                job.layout().columns().width()),
                        Batch.of(lines, ColumnFinder.SAMPLE).lines().stream().mapToInt(RejectedReport::width))
                .max()
                .orElse(0);
        this.vietnamese = vietnamese;
        this.csv = new SafeCsv(new BufferedWriter(Files.newBufferedWriter(partial)), separator);
        List<String> heading = new ArrayList<>(IntStream.range(0, width)
                .mapToObj(column -> job.layout().headings().isEmpty()
                        ? Columns.letter(column)
                        : new Line(0, job.layout().headings()).cell(column))
                .toList());
        heading.addAll(vietnamese ? List.of("Dòng", "Mã lý do", "Lý do") : List.of("Line", "Reason code", "Reason"));
        csv.write(heading);
    }

    /** @param target must not be there yet; only its owner may read it */
    public static RejectedReport to(Path target, ImportJob job, boolean vietnamese) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path partial = Files.createTempFile(folder, "." + target.getFileName(), ".part");
        try (Lines lines = job.file().lines(job.sheet())) {
            return new RejectedReport(target, partial, job, lines, vietnamese);
        } catch (FileFault gone) {
            Files.deleteIfExists(partial);
            throw new IOException(gone);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(partial);
            throw failure;
        }
    }

    /**
     * Beside the file, under a name that is free: {@code customers.rejected.csv},
     * {@code customers.rejected-2.csv}.
     */
    public static Path beside(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]{1,5}$", "");
        for (int i = 1; i <= MOST_WITH_ONE_NAME; i++) {
            Path free = file.resolveSibling(name + ".rejected" + (i == 1 ? "" : "-" + i) + ".csv");
            if (Files.notExists(free)) {
                return free;
            }
        }
        throw new IOException("too many reports beside the file");
    }

    /** Up to the last cell that holds something. */
    private static int width(Line line) {
        int width = line.cells().size();
        while (width > 0 && line.cell(width - 1).isBlank()) {
            width--;
        }
        return width;
    }

    void add(Line line, Set<Reason> reasons) throws IOException {
        List<String> cells = new ArrayList<>(width + 3);
        for (int column = 0; column < width; column++) {
            cells.add(line.cell(column));
        }
        cells.add(Long.toString(line.number()));
        cells.add(String.join(" ", reasons.stream().map(Reason::code).toList()));
        cells.add(String.join(
                " ", reasons.stream().map(reason -> reason.sentence(vietnamese)).toList()));
        for (int column = width; column < width(line); column++) { // of a line that is longer than the first ones
            cells.add(line.cell(column));
        }
        csv.write(cells);
    }

    /** Gives it its name. @throws IOException another file has got it meanwhile */
    public void complete() throws IOException {
        closed = true;
        csv.close();
        Files.move(partial, target);
        whole = true;
    }

    /** Also where the process is ended: it holds customers. For a process of one report. */
    public void deleteOnExit() {
        partial.toFile().deleteOnExit();
    }

    @Override
    public void close() throws IOException {
        if (!whole) {
            if (!closed) {
                csv.close();
            }
            Files.deleteIfExists(partial);
        }
    }
}
