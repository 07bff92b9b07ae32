package io.alohubsync.operate.upload;

import io.alohubsync.operate.Input;
import io.alohubsync.spreadsheet.read.Columns;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be read, and for whom.
 *
 * @param source  that the rows name
 * @param sheet   of a workbook; empty: the first that is not hidden
 * @param columns heading or letter by field, as a person named them
 */
public record UploadTerms(String account, String source, String sheet, Map<String, String> columns) {

    public static final String USUAL_SOURCE = "import";
    private static final int LONGEST = 100;

    /** @throws io.alohubsync.operate.Declined a value is too long, or none at all */
    public static UploadTerms of(
            @Nullable String account, @Nullable String source, @Nullable String sheet, Map<String, String> columns) {
        String named = Input.optional(source, "source", LONGEST);
        String from = Input.optional(sheet, "sheet", LONGEST);
        Map<String, String> known = new HashMap<>();
        for (String field : Columns.FIELDS) {
            String column = Input.optional(columns.get(field), field, LONGEST);
            if (column != null) {
                known.put(field, column);
            }
        }
        return new UploadTerms(
                Input.text(account == null ? "" : account, "account", LONGEST),
                named == null ? USUAL_SOURCE : named,
                from == null ? "" : from,
                Map.copyOf(known));
    }

    /** What a person typed for a field; empty: nothing. */
    public String column(String field) {
        return columns.getOrDefault(field, "");
    }
}
