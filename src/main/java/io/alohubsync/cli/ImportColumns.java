package io.alohubsync.cli;

import io.alohubsync.spreadsheet.read.Columns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The columns that a person names. */
final class ImportColumns {

    @Option(names = "--phone-column", paramLabel = "COL")
    @Nullable
    String phone;

    @Option(names = "--name-column", paramLabel = "COL")
    @Nullable
    String name;

    @Option(names = "--email-column", paramLabel = "COL")
    @Nullable
    String email;

    @Option(names = "--ref-column", paramLabel = "COL")
    @Nullable
    String reference;

    @Option(names = "--version-column", paramLabel = "COL")
    @Nullable
    String version;

    /** By field; those that were not named are left out. */
    Map<String, String> named() {
        List<@Nullable String> values = Arrays.asList(phone, name, email, reference, version);
        Map<String, String> named = new HashMap<>();
        for (int field = 0; field < values.size(); field++) {
            @Nullable String value = values.get(field);
            if (value != null) {
                named.put(Columns.FIELDS.get(field), value);
            }
        }
        return named;
    }
}
