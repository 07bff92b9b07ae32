package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The column that a person names: by its heading, or else by its letter. */
final class NamedColumn {

    private NamedColumn() {}

    /** @param width of the file's first lines */
    static int of(String name, @Nullable Line heading, int width) throws FileFault {
        String key = Heading.key(name);
        for (int column = 0; heading != null && column < heading.cells().size(); column++) {
            String cell = heading.cell(column);
            boolean alike = !key.isEmpty() && Heading.key(cell).equals(key);
            if (alike || cell.strip().equalsIgnoreCase(name.strip())) {
                return column;
            }
        }
        int column = name.strip().matches("[A-Za-z]{1,3}") ? lettered(name.strip()) : width;
        if (column < width) {
            return column;
        }
        throw FileFault.about(Kind.NO_SUCH_COLUMN, name);
    }

    private static int lettered(String letters) {
        int column = 0;
        for (char letter : letters.toUpperCase(Locale.ROOT).toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return column - 1;
    }
}
