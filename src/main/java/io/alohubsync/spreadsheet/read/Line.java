package io.alohubsync.spreadsheet.read;

import java.util.List;

/**
 * A row of a file.
 *
 * @param number as a person counts it: in the file's editor, or at the left of the sheet
 * @param cells  as text, never null
 */
public record Line(long number, List<String> cells) {

    /** @param column counted from 0; below 0 and behind the last one there is no text */
    public String cell(int column) {
        return column >= 0 && column < cells.size() ? cells.get(column) : "";
    }

    boolean isBlank() {
        return cells.stream().allMatch(String::isBlank);
    }
}
