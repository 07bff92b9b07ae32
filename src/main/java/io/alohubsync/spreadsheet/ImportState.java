package io.alohubsync.spreadsheet;

/**
 * How far an import has come.
 *
 * @param lines   of the file, written or rejected
 * @param written as outbox rows
 */
public record ImportState(long lines, long written, boolean finished) {

    static final ImportState NONE = new ImportState(0, 0, false);

    ImportState plus(long more, long moreWritten) {
        return new ImportState(lines + more, written + moreWritten, finished);
    }

    public boolean isBegun() {
        return lines > 0;
    }
}
