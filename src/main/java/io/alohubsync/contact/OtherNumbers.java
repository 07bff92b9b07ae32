package io.alohubsync.contact;

import java.util.regex.Pattern;

/** Labels of numbers that are no phones: a fax, a tax code, a bank account, an identity card. */
final class OtherNumbers {

    private static final String WORDS = """
        (?:so)?(?:fax|mst|stk|tk|cccd|cmnd|cmtnd?|cmthc)(?:so|no|num|number|s)?|\\p{L}+fax|fax\\p{L}+|\\p{L}*bank|passport|iban|swift|\
        tax|vat|bhxh|bhyt|gpkd|dkkd|gplx|msdn|msnv|otp|pin|imei|iccid|serial|account|id|\
        masothue|sotaikhoan|taikhoan|cancuoc|chungminh|hochieu\
        """;

    private static final String PHRASES = """
        ma so|tai khoan|can cuoc|chung minh|ho chieu|so the|the atm|ma don|don hang|ma khach|ma kh|ma nv|ma nhan vien|\
        ma van don|van don|hoa don|hop dong|bien so|giay phep|(?:ma|so|the) bao hiem|bao hiem (?:xa hoi|y te)\
        """;

    /** The label of a number that may be no phone, or of an office that has the phone. */
    private static final String DOUBTFUL = "bao hiem";

    private static final Pattern NAMED = Pattern.compile(" (?:" + WORDS + "|" + PHRASES + ") ");
    private static final Pattern MAY_BE_NAMED = Pattern.compile(" " + DOUBTFUL + " ");
    private static final Pattern FIRST_NAMED =
            Pattern.compile("^ (?:so |may )*(?:" + WORDS + "|" + PHRASES + "|" + DOUBTFUL + ") ");
    private static final Pattern MONEY =
            Pattern.compile("(?iu)^\\s*(?:[₫$€£]|(?:đ|đồng|vnđ|vnd|usd|k|tr|triệu)(?!\\p{L}))");

    private OtherNumbers() {}

    /** @param label that precedes a number */
    static boolean isNamed(String label) {
        return hasLetter(label) && NAMED.matcher(Letters.words(label)).find();
    }

    /** The same, unless a whole mobile follows. */
    static boolean mayBeNamed(String label) {
        return hasLetter(label) && MAY_BE_NAMED.matcher(Letters.words(label)).find();
    }

    /** @param text that follows a number; if it has digits, its label belongs to them */
    static boolean isNamedBehind(String text) {
        return hasLetter(text)
                && text.chars().noneMatch(PhoneField::isDigit)
                && FIRST_NAMED.matcher(Letters.words(text)).find();
    }

    static boolean isMoney(String behind) {
        return MONEY.matcher(behind).find();
    }

    private static boolean hasLetter(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }
}
