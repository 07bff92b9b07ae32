package io.alohubsync.spreadsheet;

import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Some lines of a file at a time, and not more of them than a small heap holds.
 *
 * @param last there are no more
 */
record Batch(List<Line> lines, boolean last) {

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int OF_A_CELL = 32; // what an empty one takes, as characters

    static Batch of(Lines lines, int most) throws FileFault, IOException {
        List<Line> batch = new ArrayList<>();
        int characters = 0;
        while (batch.size() < most && characters < MOST_CHARACTERS) {
            Line line = lines.next();
            if (line == null) {
                return new Batch(batch, true);
            }
            batch.add(line);
            for (String cell : line.cells()) {
                characters += cell.length() + OF_A_CELL;
            }
        }
        return new Batch(batch, false);
    }
}
