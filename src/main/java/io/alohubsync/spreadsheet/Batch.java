package io.alohubsync.spreadsheet;

import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Some lines of a file at a time. */
final class Batch {

    private Batch() {}

    /** @return fewer than {@code most}: there are no more */
    static List<Line> of(Lines lines, int most) throws FileFault, IOException {
        List<Line> batch = new ArrayList<>(most);
        while (batch.size() < most) {
            Line line = lines.next();
            if (line == null) {
                break;
            }
            batch.add(line);
        }
        return batch;
    }
}
