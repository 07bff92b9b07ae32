package io.alohubsync.cli.shell;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, aligned by two spaces, as kubectl prints them. */
public final class Table {

    private static final String BETWEEN = "   ";

    private Table() {}

    /** @param rows the heading first; each has the same number of cells */
    public static List<String> lines(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i));
                if (i < columns - 1) {
                    line.append(" ".repeat(widths[i] - width(row.get(i)))).append(BETWEEN);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** What a source or Alohub wrote, on one line: nothing in it commands the terminal. */
    public static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\u2028\u2029]+", " ");
    }

    /** On the screen: without colours and combining marks. */
    public static int width(String text) {
        return (int) text.replaceAll("\u001b\\[[0-9;]*m", "")
                .codePoints()
                .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
                .count();
    }
}
