package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a workbook, which is a ZIP archive: its sheets and what belongs to them, found by
 * their relations. One thread uses it.
 */
final class WorkbookParts implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final int MOST_SHEETS = 10_000;
    private static final Set<String> HIDDEN = Set.of("hidden", "veryHidden");

    private final ZipFile zip;
    private final BoundedPart.Total total = new BoundedPart.Total();
    private final Map<String, ZipEntry> entries = new HashMap<>(); // programs differ in case
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<String> all = new ArrayList<>();
    private boolean from1904;
    private String texts = "xl/sharedStrings.xml";
    private @Nullable String styles;

    record Sheet(String name, boolean hidden, String part) {}

    private WorkbookParts(ZipFile zip) {
        this.zip = zip;
    }

    static WorkbookParts open(Path path) throws FileFault {
        try {
            ZipDirectory.check(path);
            WorkbookParts parts = new WorkbookParts(new ZipFile(path.toFile()));
            try {
                parts.find();
                return parts;
            } catch (FileFault | IOException | RuntimeException fault) {
                parts.close();
                throw fault;
            }
        } catch (IOException | RuntimeException damaged) {
            throw FileFault.of(Kind.DAMAGED);
        }
    }

    private void find() throws FileFault, IOException {
        readEntries();
        refuseOtherForms();
        String workbook = mainPart();
        Map<String, Relation> byId = readRelations(workbook);
        all.add(workbook);
        readSheets(workbook, byId);
        addIfThere(texts);
        addIfThere(styles);
        sheets.forEach(sheet -> all.add(sheet.part()));
    }

    private void readEntries() {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            entries.putIfAbsent(key(entry.getName()), entry);
        }
    }

    private void refuseOtherForms() throws FileFault {
        if (isOfAnotherForm()) {
            throw FileFault.of(Kind.OTHER_WORKBOOK);
        }
        if (!entries.containsKey("[content_types].xml")) {
            throw FileFault.of(Kind.BINARY); // another archive
        }
    }

    private String mainPart() throws FileFault, IOException {
        String main = "xl/workbook.xml";
        for (Relation relation : relations("")) {
            if (relation.isOf("officeDocument")) {
                main = relation.part();
            }
        }
        if (key(main).matches("(word|ppt|visio)/.*")) {
            throw FileFault.of(Kind.BINARY); // a text or slides
        }
        return main;
    }

    /** Finds the texts and the styles. @return all, by their ids */
    private Map<String, Relation> readRelations(String workbook) throws FileFault, IOException {
        Map<String, Relation> byId = new HashMap<>();
        for (Relation relation : relations(workbook)) {
            byId.put(relation.id(), relation);
            if (relation.isOf("sharedStrings")) {
                texts = relation.part();
            } else if (relation.isOf("styles")) {
                styles = relation.part();
            }
        }
        return byId;
    }

    private void readSheets(String workbook, Map<String, Relation> byId) throws FileFault, IOException {
        try (XmlPart xml = required(workbook)) {
            while (xml.next()) {
                if (xml.isBeginOf("sheet")) {
                    add(xml, byId);
                } else if (xml.isBeginOf("workbookPr")) {
                    from1904 = isTrue(xml.attribute("date1904"));
                }
            }
        }
        if (sheets.isEmpty()) {
            throw FileFault.of(Kind.DAMAGED);
        }
    }

    private void addIfThere(@Nullable String part) {
        if (part != null && entries.containsKey(key(part))) {
            all.add(part);
        }
    }

    /** OpenDocument, Numbers, or Excel's binary form. */
    private boolean isOfAnotherForm() {
        return entries.containsKey("xl/workbook.bin")
                || (entries.containsKey("mimetype") && entries.containsKey("content.xml"))
                || entries.containsKey("index.zip")
                || entries.containsKey("index/document.iwa");
    }

    private static boolean isTrue(@Nullable String value) {
        return "1".equals(value) || "true".equals(value);
    }

    private void add(XmlPart xml, Map<String, Relation> byId) throws FileFault {
        @Nullable Relation relation = byId.get(String.valueOf(xml.attributeOfOthers("id")));
        if (relation == null || !relation.isOf("worksheet")) { // a chart, a dialog or a module of macros
            return;
        }
        if (sheets.size() >= MOST_SHEETS) {
            throw FileFault.of(Kind.DAMAGED);
        }
        @Nullable String name = xml.attribute("name");
        @Nullable String state = xml.attribute("state");
        sheets.add(new Sheet(name == null ? "" : name, HIDDEN.contains(String.valueOf(state)), relation.part()));
    }

    /** @param of a part; empty: the whole archive */
    private List<Relation> relations(String of) throws FileFault, IOException {
        String folder = of.substring(0, of.lastIndexOf('/') + 1);
        String part = folder + "_rels/" + of.substring(folder.length()) + ".rels";
        List<Relation> relations = new ArrayList<>();
        if (!entries.containsKey(key(part))) {
            return relations;
        }
        all.add(part);
        try (XmlPart xml = required(part)) {
            while (xml.next()) {
                if (xml.isBeginOf("Relationship") && !"External".equals(xml.attribute("TargetMode"))) {
                    relations.add(new Relation(
                            String.valueOf(xml.attribute("Id")),
                            String.valueOf(xml.attribute("Type")),
                            Relation.resolved(folder, String.valueOf(xml.attribute("Target")))));
                }
            }
        }
        return relations;
    }

    private static String key(String part) {
        return part.replace('\\', '/').toLowerCase(Locale.ROOT);
    }

    /** All that is read of the workbook. */
    List<String> all() {
        return Collections.unmodifiableList(all);
    }

    List<Sheet> sheets() {
        return Collections.unmodifiableList(sheets);
    }

    /** Days are counted from 1904, and not from 1900. */
    boolean isFrom1904() {
        return from1904;
    }

    TextTable texts() throws FileFault, IOException {
        return new TextTable(opened(texts));
    }

    DateStyles styles() throws FileFault, IOException {
        try (XmlPart part = opened(styles)) {
            return DateStyles.of(part);
        }
    }

    XmlPart required(String part) throws FileFault, IOException {
        XmlPart opened = opened(part);
        if (opened == null) {
            throw FileFault.of(Kind.DAMAGED);
        }
        return opened;
    }

    private @Nullable XmlPart opened(@Nullable String part) throws FileFault, IOException {
        @Nullable ZipEntry entry = part == null ? null : entries.get(key(part));
        return entry == null
                ? null
                : XmlPart.of(new BufferedInputStream(new BoundedPart(zip.getInputStream(entry), total), BUFFER));
    }

    /** Bytes that were unpacked. */
    long unpacked() {
        return total.bytes();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
