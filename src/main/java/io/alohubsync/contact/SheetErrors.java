package io.alohubsync.contact;

import java.util.Locale;
import java.util.Set;

/** What spreadsheets show where a formula has no value. */
public final class SheetErrors {

    static final Set<String> WORDS = Set.of(
            "#n/a",
            "#ref!",
            "#name?",
            "#value!",
            "#div/0!",
            "#num!",
            "#null!",
            "#error!",
            "#spill!",
            "#calc!",
            "#field!",
            "#blocked!",
            "#connect!",
            "#unknown!",
            "#busy!",
            "#getting_data",
            "loading...",
            "đang tải...");

    private SheetErrors() {}

    public static boolean contain(String cell) {
        return WORDS.contains(cell.strip().toLowerCase(Locale.ROOT));
    }
}
