package io.alohubsync.spreadsheet.read;

import java.util.List;

/**
 * Where the customers stand in a file.
 *
 * @param headings     what stands above them; empty: nothing does
 * @param headingLine  the customers begin behind it; 0: with the first line
 * @param otherPhones  columns that look like phones, too
 * @param sheets       the one they stand in, and the others; empty: the file is a text
 */
public record Layout(
        Columns columns, List<String> headings, long headingLine, List<Integer> otherPhones, List<String> sheets) {

    Layout of(List<String> sheets) {
        return new Layout(columns, headings, headingLine, otherPhones, sheets);
    }

    /** What a person calls the column. */
    public String title(int column) {
        String heading = column < headings.size() ? headings.get(column).strip() : "";
        return heading.isEmpty() ? Columns.letter(column) : heading;
    }
}
