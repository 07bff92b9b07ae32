package io.alohubsync.spreadsheet.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file that are not blank, one after the other: the file is never in memory. One
 * thread uses it.
 */
public interface Lines extends Closeable {

    /** @return null: there are no more */
    @Nullable
    Line next() throws FileFault, IOException;

    /**
     * Of a workbook: the one that is read, then the others that are not hidden. A text has none.
     */
    default List<String> sheets() {
        return List.of();
    }

    /** Between the cells of the text; of a workbook the usual one. */
    char separator();
}
