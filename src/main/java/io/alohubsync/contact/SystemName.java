package io.alohubsync.contact;

/** Sources and accounts of rows: names of systems, in fields in which a source may write anything. */
public final class SystemName {

    private static final int LONGEST = 40;
    private static final int MOST_DIGITS = 6; // more may be a phone

    private SystemName() {}

    /** Whether a text is short and holds neither what may be a phone nor an e-mail's @. */
    public static boolean isOne(String text) {
        return text.length() <= LONGEST
                && text.indexOf('@') < 0
                && text.chars().noneMatch(Character::isISOControl)
                && text.codePoints().filter(Character::isDigit).count() <= MOST_DIGITS;
    }
}
