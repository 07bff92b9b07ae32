package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of a sheet as texts: numbers with all their digits, dates as ISO 8601, formulas
 * as their last value. A formula without one counts as empty, but for a literal: nothing is
 * computed.
 */
final class XlsxCell implements Closeable {

    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|[0-9]+");
    private static final int MOST_DIGITS = 40;
    private static final int LONGEST_NUMBER = 64;

    private final TextTable texts;
    private final DateStyles styles;
    private final boolean from1904;

    XlsxCell(TextTable texts, DateStyles styles, boolean from1904) {
        this.texts = texts;
        this.styles = styles;
        this.from1904 = from1904;
    }

    /** @param xml at the cell; then at its end */
    String text(XmlPart xml, long line) throws FileFault, IOException {
        String type = attribute(xml, "t", "n");
        String style = attribute(xml, "s", "");
        String value = "";
        String formula = "";
        for (int within = xml.depth(); xml.next() && xml.depth() >= within; ) {
            if (xml.isBeginOf("v")) {
                value = xml.textOfElement();
            } else if (xml.isBeginOf("f")) {
                formula = xml.textOfElement();
            } else if (xml.isBeginOf("is")) {
                value = RichText.of(xml);
            }
        }
        if (value.isEmpty()) {
            return LITERAL.matcher(formula).matches() ? "=" + formula : "";
        }
        return switch (type) {
            case "s" -> texts.text(index(value, line));
            case "n" -> number(value.strip(), style);
            case "b" -> value.strip().equals("1") ? "true" : "false";
            case "str" -> RichText.plain(value);
            case "inlineStr", "e", "d" -> value;
            default -> throw FileFault.at(Kind.DAMAGED, line);
        };
    }

    private static String attribute(XmlPart xml, String name, String otherwise) {
        @Nullable String value = xml.attribute(name);
        return value == null ? otherwise : value;
    }

    private static int index(String value, long line) throws FileFault {
        try {
            return Integer.parseUnsignedInt(value.strip());
        } catch (NumberFormatException damaged) {
            throw FileFault.at(Kind.DAMAGED, line);
        }
    }

    /**
     * A sheet holds its numbers exactly: {@code 9.12345678E8} is 912345678, as the sheet shows it.
     */
    private String number(String value, String style) {
        boolean plain = style.isEmpty() && WHOLE.matcher(value).matches();
        if (plain || value.length() > LONGEST_NUMBER) {
            return value;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException none) {
            return value;
        }
        boolean unwieldy = Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS;
        if (unwieldy) {
            return number.toString();
        }
        @Nullable String date = styles.date(number, style, from1904);
        if (date != null) {
            return date;
        }
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    @Override
    public void close() throws IOException {
        texts.close();
    }
}
