package io.alohubsync.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What migration files make, read from their statements. */
final class SchemaObjects {

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern MADE = Pattern.compile(
            "^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:UNIQUE\\s+)?(TABLE|VIEW|SEQUENCE|FUNCTION|INDEX)\\s+(?:alohub\\.)?(\\w+)",
            Pattern.MULTILINE);
    private static final Pattern TRIGGER = Pattern.compile(
            "^CREATE\\s+(?:OR\\s+REPLACE\\s+)?TRIGGER\\s+(\\w+)\\s[^;]*?\\sON\\s+alohub\\.(\\w+)", Pattern.MULTILINE);

    private SchemaObjects() {}

    /** @param table of a trigger; else empty */
    record Made(String kind, String name, String table) {}

    static List<Made> of(String statements) {
        String plain = COMMENT.matcher(statements).replaceAll("");
        List<Made> made = new ArrayList<>();
        for (Matcher one = MADE.matcher(plain); one.find(); ) {
            made.add(new Made(one.group(1).toLowerCase(Locale.ROOT), one.group(2), ""));
        }
        for (Matcher one = TRIGGER.matcher(plain); one.find(); ) {
            made.add(new Made("trigger", one.group(1), one.group(2)));
        }
        return made.stream().distinct().toList();
    }
}
