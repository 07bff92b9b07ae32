package io.alohubsync.spreadsheet.read;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        /** A sheet is named, but the file is a text. */
        SHEET_OF_TEXT,
        NO_PHONE_COLUMN,
        /** As above, of a workbook with several sheets; the detail lists the others. */
        NO_PHONE_IN_SHEET,
        /** The file has no such column; the detail names it. */
        NO_SUCH_COLUMN,
        CHANGED
    }

    private static final int MOST_NAMES = 50;
    private static final int MOST_OF_A_NAME = 100; // a spreadsheet program takes 31

    private final Kind kind;
    private final long line;
    private final String detail;

    private FileFault(Kind kind, long line, String detail) {
        super(kind + (line > 0 ? " at line " + line : "")); // the detail may be personal data
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

    /** @param names of a file's own: there may be any number of them, of any length */
    static FileFault among(Kind kind, List<String> names) {
        Stream<String> first = names.stream().limit(MOST_NAMES).map(FileFault::cut);
        Stream<String> more = names.size() > MOST_NAMES ? Stream.of("…") : Stream.empty();
        return about(kind, Stream.concat(first, more).collect(Collectors.joining(", ")));
    }

    private static String cut(String name) {
        return name.length() > MOST_OF_A_NAME ? name.substring(0, MOST_OF_A_NAME) + "…" : name;
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
