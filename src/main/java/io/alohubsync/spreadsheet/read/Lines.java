package io.alohubsync.spreadsheet.read;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of a file that are not blank, one after the other: the file is never in memory. One thread uses it. */
public interface Lines extends Closeable {

    /** @return null: there are no more */
    @Nullable
    Line next() throws FileFault, IOException;

    /** Between the cells of the text; of a workbook the usual one. */
    char separator();
}
