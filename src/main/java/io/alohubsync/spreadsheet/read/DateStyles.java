package io.alohubsync.spreadsheet.read;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of a workbook's styles show a number as a date, and the date that a number is. */
final class DateStyles {

    private static final LocalDateTime DAY_0 = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final LocalDateTime DAY_0_OF_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);
    private static final BigDecimal BEHIND_9999 = BigDecimal.valueOf(2_958_466);
    private static final BigDecimal MILLIS_A_DAY = BigDecimal.valueOf(86_400_000);
    private static final int MOST_STYLES = 1 << 17;

    private final BitSet dates;

    private DateStyles(BitSet dates) {
        this.dates = dates;
    }

    /** @param part null: the workbook has no styles */
    static DateStyles of(@Nullable XmlPart part) throws FileFault {
        BitSet dates = new BitSet();
        Set<String> own = new HashSet<>();
        boolean ofCells = false;
        int style = 0;
        while (part != null && part.next()) {
            if (part.isBeginOf("numFmt") && isDate(String.valueOf(part.attribute("formatCode")))) {
                own.add(String.valueOf(part.attribute("numFmtId")));
            } else if (part.isBeginOf("cellXfs") || part.isEndOf("cellXfs")) {
                ofCells = part.isBegin();
            } else if (ofCells && part.isBeginOf("xf") && style < MOST_STYLES) {
                String format = String.valueOf(part.attribute("numFmtId"));
                dates.set(style++, own.contains(format) || isBuiltInDate(format));
            }
        }
        return new DateStyles(dates);
    }

    private static boolean isBuiltInDate(String format) {
        return format.matches("1[4-7]|22|2[7-9]|3[0-6]|5[0-8]");
    }

    /** It shows a day or a year: times of a day alone are none. */
    static boolean isDate(String format) {
        String bare = format.replaceAll("\"[^\"]*\"|\\\\.|\\[[^]]*]|_.|\\*.", "");
        return bare.matches("(?s).*[dyDY].*") && !bare.equalsIgnoreCase("standard");
    }

    /** @return as ISO 8601; null: it is no date */
    @Nullable
    String date(BigDecimal number, String style, boolean from1904) {
        boolean date = style.matches("[0-9]{1,6}")
                && dates.get(Integer.parseInt(style))
                && number.compareTo(BigDecimal.ONE) >= 0
                && number.compareTo(BEHIND_9999) < 0;
        if (!date) {
            return null;
        }
        long millis =
                number.multiply(MILLIS_A_DAY).setScale(0, RoundingMode.HALF_UP).longValueExact();
        boolean before1March1900 = !from1904 && number.intValue() < 60; // 29 February 1900, which was none, is day 60
        LocalDateTime time = (from1904 ? DAY_0_OF_1904 : DAY_0)
                .plusDays(before1March1900 ? 1 : 0)
                .plus(millis, ChronoUnit.MILLIS);
        return time.toLocalTime().toNanoOfDay() == 0 ? time.toLocalDate().toString() : time.toString();
    }
}
