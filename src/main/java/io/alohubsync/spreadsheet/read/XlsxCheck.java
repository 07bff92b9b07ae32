package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is read of a workbook from end to end, and holds nothing: whether it is whole, and
 * whether it holds only what can be read in bounded memory and time. One thread uses it.
 */
final class XlsxCheck {

    private static final long MOST_ZIPPED = 512L << 20;
    private static final long MOST_BESIDE = 32L << 20;
    private static final long MOST_TEXTS = 32L << 20;
    private static final long MOST_IN_TEXTS = 200L << 20; // characters: they lie in a temporary file (TextStore)
    private static final int MOST_IN_A_CELL = 200_000; // a cell holds 32,767 characters
    private static final int MOST_CELLS = 16_384;

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z]{1,3}[0-9]{1,7}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final List<String> LARGE = List.of("worksheet", "sst");

    private long texts;
    private long inTexts; // characters
    private long highestText = -1;

    // Of the part that is read
    private int cellsOfRow;
    private int holder; // depth of the cell, or of the text that cells share, that is open; 0: none
    private long inElement; // characters: of all that the holder holds, else of one element
    private boolean shared;
    private final StringBuilder index = new StringBuilder();
    private boolean inIndex;
    private boolean inText; // of those that cells share

    private final long mostInTexts;

    private XlsxCheck(long mostInTexts) {
        this.mostInTexts = mostInTexts;
    }

    static void of(Path path) throws FileFault, IOException {
        of(path, MOST_IN_TEXTS);
    }

    /** @param mostInTexts characters of all texts that cells share */
    static void of(Path path, long mostInTexts) throws FileFault, IOException {
        if (Files.size(path) > MOST_ZIPPED) {
            throw FileFault.of(Kind.TOO_LARGE);
        }
        XlsxCheck check = new XlsxCheck(mostInTexts);
        try (WorkbookParts parts = WorkbookParts.open(path)) {
            for (String part : parts.all()) {
                check.part(parts, part);
            }
        }
        if (check.highestText >= check.texts) {
            throw FileFault.of(Kind.DAMAGED);
        }
    }

    private void part(WorkbookParts parts, String name) throws FileFault, IOException {
        long from = parts.unpacked();
        boolean large = false;
        try (XmlPart part = parts.required(name)) {
            while (part.next()) {
                if (part.isBegin()) {
                    large = part.depth() == 1 ? LARGE.contains(part.name()) : large;
                    begin(part);
                } else if (part.isEnd()) {
                    end(part.name());
                    holder = part.depth() < holder ? 0 : holder;
                } else {
                    text(part);
                }
                require(large || parts.unpacked() - from <= MOST_BESIDE);
            }
        }
    }

    private void begin(XmlPart part) throws FileFault {
        inElement = holder == 0 ? 0 : inElement;
        switch (part.name()) {
            case "row" -> cellsOfRow = 0;
            case "c" -> {
                require(++cellsOfRow <= MOST_CELLS && isAddress(part.attribute("r")));
                shared = "s".equals(part.attribute("t"));
                hold(part);
            }
            case "si" -> {
                hold(part);
                inText = true;
                if (++texts > MOST_TEXTS) {
                    throw FileFault.of(Kind.TOO_MANY_TEXTS);
                }
            }
            case "v" -> {
                inIndex = shared;
                index.setLength(0);
            }
            default -> {}
        }
    }

    private void hold(XmlPart part) {
        holder = holder == 0 ? part.depth() : holder;
    }

    private static boolean isAddress(@Nullable String address) {
        return address == null || ADDRESS.matcher(address).matches();
    }

    private void end(String name) throws FileFault {
        if (name.equals("v") && inIndex && !index.isEmpty()) {
            String number = index.toString().strip();
            if (!NUMBER.matcher(number).matches()) {
                throw FileFault.of(Kind.DAMAGED);
            }
            highestText = Math.max(highestText, Long.parseLong(number));
        }
        inIndex = inIndex && !name.equals("v");
        inText = inText && !name.equals("si");
    }

    private void text(XmlPart part) throws FileFault {
        inElement += part.textLength();
        require(inElement <= MOST_IN_A_CELL);
        inTexts += inText ? part.textLength() : 0;
        if (inTexts > mostInTexts) {
            throw FileFault.of(Kind.TOO_MANY_TEXTS);
        }
        if (inIndex) {
            index.append(part.text());
        }
    }

    private static void require(boolean sound) throws FileFault {
        if (!sound) {
            throw FileFault.of(Kind.HOSTILE);
        }
    }
}
