package io.alohubsync.spreadsheet.read;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a workbook from end to end, and holds nothing: whether it is whole, and whether it holds only what the library can read in bounded
 * memory and time. One thread uses it.
 */
final class XlsxCheck {

    private static final long MOST_ZIPPED = 512L << 20;
    private static final long MOST_IN_MEMORY = 400L << 20;
    private static final long MOST_BESIDE = 32L << 20;
    private static final int MOST_IN_A_CELL = 200_000; // a cell holds 32,767 characters
    private static final int MOST_CELLS = 16_384;
    private static final int MOST_ARRAYS = 1_000;
    private static final int DEEPEST = 100;
    private static final int A_TEXT = 56; // bytes of an empty one, in the library's list

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z]{1,3}[0-9]{1,7}");
    private static final List<String> LARGE = List.of("worksheet", "sst");

    private static final XMLInputFactory XML = xml();

    private long texts;
    private long textBytes;
    private long highestText = -1;
    private int arrays;

    // Of the part that is read
    private int depth;
    private boolean tableOfTexts;
    private int cellsOfRow;
    private long inCell;
    private boolean shared;
    private final StringBuilder index = new StringBuilder();
    private boolean inIndex;

    private XlsxCheck() {}

    private static XMLInputFactory xml() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    static void of(Path path) throws FileFault, IOException {
        if (Files.size(path) > MOST_ZIPPED) {
            throw FileFault.of(Kind.TOO_LARGE);
        }
        XlsxCheck check = new XlsxCheck();
        BoundedPart.Total total = new BoundedPart.Total();
        try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
            if (zip.getEntry("[Content_Types].xml") == null) {
                throw FileFault.of(Kind.BINARY); // another archive
            }
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                check.part(zip, entry, total);
            }
        } catch (XMLStreamException | IOException | IllegalArgumentException damaged) {
            boolean exceeded =
                    damaged instanceof BoundedPart.Exceeded || damaged.getCause() instanceof BoundedPart.Exceeded;
            throw FileFault.of(exceeded ? Kind.HOSTILE : Kind.DAMAGED);
        }
        if (check.highestText >= check.texts) {
            throw FileFault.of(Kind.DAMAGED);
        }
    }

    private void part(ZipFile zip, ZipArchiveEntry entry, BoundedPart.Total total)
            throws IOException, XMLStreamException, FileFault {
        try (InputStream bytes = new BoundedPart(zip.getInputStream(entry), isMarkup(entry.getName()), total);
                BufferedInputStream part = new BufferedInputStream(bytes, 1 << 16)) {
            part.mark(4);
            int first = part.read();
            int second = part.read();
            part.reset();
            if (first == 0xFE || first == 0xFF || first == 0 || second == 0) { // UTF-16: no program writes it here
                if (isMarkup(entry.getName())) {
                    throw FileFault.of(Kind.HOSTILE);
                }
                part.transferTo(OutputStream.nullOutputStream());
            } else if (first == '<' || first == 0xEF || isMarkup(entry.getName())) {
                read(XML.createXMLStreamReader(part), total);
            } else {
                if (Character.isWhitespace(first)) { // it may be markup all the same
                    throw FileFault.of(Kind.HOSTILE);
                }
                part.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static boolean isMarkup(String name) {
        return name.endsWith(".xml") || name.endsWith(".rels");
    }

    private void read(XMLStreamReader part, BoundedPart.Total total) throws XMLStreamException, FileFault {
        depth = 0;
        boolean large = false;
        long from = total.bytes();
        while (part.hasNext()) {
            switch (part.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth == 0) {
                        large = LARGE.contains(part.getLocalName());
                        tableOfTexts = part.getLocalName().equals("sst");
                    }
                    start(part);
                }
                case XMLStreamConstants.END_ELEMENT -> end(part.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text(part);
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw FileFault.of(Kind.HOSTILE);
                default -> {}
            }
            if (!large && total.bytes() - from > MOST_BESIDE) {
                throw FileFault.of(Kind.HOSTILE);
            }
        }
    }

    private void start(XMLStreamReader part) throws FileFault {
        require(++depth <= DEEPEST);
        switch (part.getLocalName()) {
            case "row" -> cellsOfRow = 0;
            case "c" -> {
                require(++cellsOfRow <= MOST_CELLS && isAddress(part.getAttributeValue(null, "r")));
                shared = "s".equals(part.getAttributeValue(null, "t"));
                inCell = 0;
            }
            case "si" -> {
                texts++;
                inCell = 0;
                addText(A_TEXT);
            }
            case "v" -> {
                inIndex = shared;
                index.setLength(0);
            }
            case "f" -> require(!"array".equals(part.getAttributeValue(null, "t")) || ++arrays <= MOST_ARRAYS);
            default -> {}
        }
    }

    private static boolean isAddress(@Nullable String address) {
        return address == null || ADDRESS.matcher(address).matches();
    }

    private void end(String name) throws FileFault {
        depth--;
        if (name.equals("v") && inIndex && !index.isEmpty()) {
            if (!index.toString().strip().matches("[0-9]{1,9}")) {
                throw FileFault.of(Kind.DAMAGED);
            }
            highestText = Math.max(highestText, Long.parseLong(index.toString().strip()));
        }
        inIndex = inIndex && !name.equals("v");
    }

    private void text(XMLStreamReader part) throws FileFault {
        int length = part.getTextLength();
        inCell += length;
        require(inCell <= MOST_IN_A_CELL);
        addText(length * 2L);
        if (inIndex) {
            index.append(part.getText());
        }
    }

    /** Only the texts of the table of texts stay in memory; a sheet's own go by. */
    private void addText(long bytes) throws FileFault {
        if (tableOfTexts) {
            textBytes += bytes;
        }
        if (textBytes > MOST_IN_MEMORY) {
            throw FileFault.of(Kind.TOO_MANY_TEXTS);
        }
    }

    private static void require(boolean sound) throws FileFault {
        if (!sound) {
            throw FileFault.of(Kind.HOSTILE);
        }
    }
}
