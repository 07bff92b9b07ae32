package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;

import java.util.EnumSet;
import java.util.regex.Pattern;

/**
 * A phone field as plain text: entities are decoded, the signs that protect it in a spreadsheet are
 * removed, digits and signs of any script are ASCII.
 *
 * @param repairs what was changed
 */
record PhoneText(String text, EnumSet<Reason> repairs) {

    private static final Pattern SCHEME = Pattern.compile("^tel:\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("^[=\"“”„«]+|(?<=[^=\"“”«»' ])[\"“”»' ]+$");

    static PhoneText of(String written) {
        EnumSet<Reason> repairs = EnumSet.noneOf(Reason.class);
        String decoded = Entities.decoded(written);
        boolean linesApart = decoded.indexOf('\n') >= 0 || decoded.indexOf('\r') >= 0;
        String text = Text.cleaned(linesApart ? decoded.strip().replaceAll("[\\r\\n]+", ";") : decoded);
        if (!decoded.equals(written) || written.codePoints().anyMatch(Text::isMark)) {
            repairs.add(PHONE_INVISIBLE);
        }
        text = Text.withoutLeadingApostrophe(text);
        String unquoted = withoutQuotes(text);
        if (!unquoted.equals(text)) {
            repairs.add(PHONE_PROTECTION);
        }
        return new PhoneText(withPlainCharacters(SCHEME.matcher(unquoted).replaceFirst(""), repairs), repairs);
    }

    private static String withoutQuotes(String text) {
        return text.startsWith("=") || QUOTED.matcher(text).lookingAt()
                ? Text.withoutLeadingApostrophe(
                        QUOTED.matcher(text).replaceAll("").strip())
                : text;
    }

    /** Digits of any script as 0-9, full-width forms and all dashes as ASCII. */
    private static String withPlainCharacters(String text, EnumSet<Reason> repairs) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int digit = Character.digit(character, 10);
            if (digit >= 0) {
                plain.append((char) ('0' + digit));
                if (character > '9') {
                    repairs.add(PHONE_INVISIBLE);
                }
            } else if (character >= 0xFF01 && character <= 0xFF5E) {
                plain.append((char) (character - 0xFEE0));
                repairs.add(PHONE_INVISIBLE);
            } else if (Character.getType(character) == Character.DASH_PUNCTUATION || character == 0x2212) {
                plain.append('-');
            } else if (character == 0x20E3) { // the key cap around a digit
                repairs.add(PHONE_INVISIBLE);
            } else {
                plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }
}
