package io.alohubsync.spreadsheet.read;

import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.util.List;
import java.util.Map;

/**
 * Finds the columns of a file in its first lines: those that a person names, then by heading, then
 * by content.
 */
public final class ColumnFinder {

    /** So many lines are looked at. */
    public static final int SAMPLE = 200;

    private final ContentGuess content;

    public ColumnFinder(PhoneNormalizer phones) {
        this.content = new ContentGuess(phones);
    }

    /**
     * @param first the file's first lines
     * @param named heading or letter of a column, by field; an empty text: the file has none
     * @param sheets of the file, the first is the one that is read ({@link Lines#sheets})
     */
    public Layout find(List<Line> first, Map<String, String> named, List<String> sheets) throws FileFault {
        try {
            return find(first, named).of(sheets);
        } catch (FileFault fault) {
            boolean other = fault.kind() == Kind.NO_PHONE_COLUMN && sheets.size() > 1;
            throw other ? FileFault.among(Kind.NO_PHONE_IN_SHEET, sheets.subList(1, sheets.size())) : fault;
        }
    }

    /** @param named as above */
    public Layout find(List<Line> first, Map<String, String> named) throws FileFault {
        if (first.isEmpty()) {
            throw FileFault.of(Kind.EMPTY);
        }
        return new ColumnSearch(content, first, named).layout();
    }
}
