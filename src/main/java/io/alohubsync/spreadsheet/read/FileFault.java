package io.alohubsync.spreadsheet.read;

/** Why a file can't be imported. The way in words it. */
public final class FileFault extends Exception {

    public enum Kind {
        EMPTY,
        /** Neither text nor a workbook, or text with NUL characters in it. */
        BINARY,
        /** A workbook of before 2007, or one with a password: both have the same form. */
        OLD_WORKBOOK,
        /** A workbook in another form than XLSX: OpenDocument, Numbers, or Excel's binary one. */
        OTHER_WORKBOOK,
        /** Saved as a web page or as XML, whatever its name says. */
        MARKUP,
        /** A workbook that is half-written or damaged. */
        DAMAGED,
        /** A workbook with content that no program for spreadsheets writes. */
        HOSTILE,
        TOO_LARGE,
        /** More different texts in a workbook than a sheet of customers has. */
        TOO_MANY_TEXTS,
        /** The folder for temporary files is full; the detail names it. */
        NO_ROOM,
        /** A line is too long, or a quotation mark is not closed. */
        LINE,
        /** The workbook has no such sheet; the detail lists those that it has. */
        NO_SHEET,
        NO_PHONE_COLUMN,
        /** As above, of a workbook with several sheets; the detail lists the others. */
        NO_PHONE_IN_SHEET,
        /** The file has no such column; the detail names it. */
        NO_SUCH_COLUMN,
        CHANGED
    }

    private final Kind kind;
    private final long line;
    private final String detail;

    private FileFault(Kind kind, long line, String detail) {
        super(kind + (line > 0 ? " at line " + line : "")); // the detail may be somebody's data
        this.kind = kind;
        this.line = line;
        this.detail = detail;
    }

    public static FileFault of(Kind kind) {
        return new FileFault(kind, 0, "");
    }

    public static FileFault at(Kind kind, long line) {
        return new FileFault(kind, line, "");
    }

    public static FileFault about(Kind kind, String detail) {
        return new FileFault(kind, 0, detail);
    }

    public Kind kind() {
        return kind;
    }

    /** 0: of the file. */
    public long line() {
        return line;
    }

    public String detail() {
        return detail;
    }
}
