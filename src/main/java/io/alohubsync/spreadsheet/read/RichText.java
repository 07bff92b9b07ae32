package io.alohubsync.spreadsheet.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plain text of a text of a workbook: runs of letters with formats, and how they are
 * pronounced, which is left out.
 */
final class RichText {

    /** A character that XML can't hold, as {@code _x000D_}. */
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private RichText() {}

    /** @param xml at the element that holds it; then at that element's end */
    static String of(XmlPart xml) throws FileFault {
        StringBuilder all = new StringBuilder();
        for (int within = xml.depth(); xml.next() && xml.depth() >= within; ) {
            if (xml.isBeginOf("rPh")) {
                xml.textOfElement();
            } else if (xml.isBeginOf("t")) {
                all.append(xml.textOfElement());
            }
        }
        return plain(all.toString());
    }

    static String plain(String text) {
        return text.contains("_x")
                ? ESCAPED.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement("" + (char) Integer.parseInt(found.group(1), 16)))
                : text;
    }
}
