package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A workbook's table of texts, read as far as its cells refer to it. One thread uses it. */
final class TextTable implements Closeable {

    private final @Nullable XmlPart part;
    private final TextStore texts = new TextStore();

    /** @param part null: the workbook has no such table */
    TextTable(@Nullable XmlPart part) {
        this.part = part;
    }

    String text(int index) throws FileFault, IOException {
        while (texts.size() <= index) {
            add();
        }
        return texts.get(index);
    }

    private void add() throws FileFault {
        while (part != null && part.next()) {
            if (part.isBeginOf("si")) {
                String text = RichText.of(part);
                try {
                    texts.add(text);
                } catch (IOException full) {
                    throw FileFault.about(Kind.NO_ROOM, System.getProperty("java.io.tmpdir", "?"));
                }
                return;
            }
        }
        throw FileFault.of(Kind.DAMAGED);
    }

    @Override
    public void close() throws IOException {
        texts.close();
        if (part != null) {
            part.close();
        }
    }
}
