package io.alohubsync.cli.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one check of {@code doctor} found.
 *
 * @param check  its name
 * @param detail what was found
 * @param remedy what to do; empty: nothing
 */
public record Finding(String check, Result result, String detail, String remedy) {

    enum Result {
        OK,
        WARNING,
        FAILED
    }

    public static Finding ok(String check, String detail) {
        return new Finding(check, Result.OK, detail, "");
    }

    public static Finding warning(String check, String detail, String remedy) {
        return new Finding(check, Result.WARNING, detail, remedy);
    }

    public static Finding failed(String check, String detail, String remedy) {
        return new Finding(check, Result.FAILED, detail, remedy);
    }

    /** For a sentence that holds its remedy. */
    public static Finding failed(String check, String sentence) {
        return new Finding(check, Result.FAILED, sentence, "");
    }

    public Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("check", check);
        row.put("result", result);
        row.put("detail", detail);
        row.put("remedy", remedy);
        return row;
    }
}
