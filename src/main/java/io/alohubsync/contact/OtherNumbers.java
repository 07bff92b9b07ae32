package io.alohubsync.contact;

import java.util.regex.Pattern;

/** Labels of numbers that are no phones: a fax, a tax code, a bank account, an identity card. */
final class OtherNumbers {

    private static final String WORDS = """
        (?:so)?(?:fax|mst|stk|tk|cccd|cmnd|cmtnd?|cmthc)(?:so|no|num|number|s)?|\\p{L}+fax|fax\\p{L}+|passport|iban|swift|\
        tax|vat|bhxh|bhyt|gpkd|dkkd|gplx|msdn|msnv|otp|pin|imei|iccid|serial|\
        masothue|sotaikhoan|taikhoan|cancuoc|chungminh|hochieu\
        """;

    private static final String PHRASES = """
        ma so|can cuoc|chung minh|ho chieu|so the|the atm|ma don|ma khach|ma kh|ma nv|ma nhan vien|\
        ma van don|bien so|giay phep|(?:ma|so|the) bao hiem|bao hiem (?:xa hoi|y te)\
        """;

    private static final String ACCOUNT = "tai khoan";
    private static final String BANK = "\\p{L}*bank";
    private static final String PAPERS = "don hang|van don|hoa don|hop dong";
    private static final String NUMBER = "so|ma|no|num|number";

    /** The label of a number that may be no phone, or of an office that has the phone. */
    private static final String DOUBTFUL = "bao hiem";

    private static final String ALL =
            WORDS + "|" + PHRASES + "|" + ACCOUNT + "|" + BANK + "|" + PAPERS + "|account|id|" + DOUBTFUL;

    /** Before any number. */
    private static final Pattern NAMED =
            Pattern.compile(" (?:" + WORDS + "|" + PHRASES + "|" + ACCOUNT + "|" + BANK + ") ");

    /** Before a number that is no whole mobile, also somewhere in the label. */
    private static final Pattern MAY_BE_NAMED = Pattern.compile(" (?:" + PAPERS + "|account|id) ");

    /** Before a whole mobile: the person who has it may be named by the same words. */
    private static final Pattern NAMED_BEFORE_MOBILE = Pattern.compile("^ (?:" + PAPERS + ") $| (?:" + NUMBER + ") (?:"
            + PAPERS + ") | (?:" + PAPERS + ") (?:" + NUMBER + ") | account (?:(?:" + NUMBER + ") )?$"
            + "|^(?!.* (?:zalo|viber|telegram|whatsapp) ).* id ");

    private static final Pattern OFFICE = Pattern.compile(" " + DOUBTFUL + " ");
    private static final Pattern FIRST_NAMED = Pattern.compile("^ (?:so |may )*(?:" + ALL + ") ");

    /** Behind a whole mobile: a bank, an order or an account elsewhere may be of the person. */
    private static final Pattern FIRST_NAMED_BEHIND_MOBILE = Pattern.compile("^ (?:may )*(?:so )+(?:" + ALL
            + ") |^ (?:may )*(?:" + WORDS + "|" + PHRASES + "|" + ACCOUNT
            + "(?! (?:zalo|viber|telegram|whatsapp|facebook|fb) )) ");

    private static final Pattern MONEY =
            Pattern.compile("(?iu)^\\s*(?:[₫$€£]|(?:đ|đồng|vnđ|vnd|usd|k|tr|triệu)(?!\\p{L}))");

    private OtherNumbers() {}

    /**
     * @param label  that precedes a number
     * @param mobile the number is a whole mobile
     */
    static boolean isNamed(String label, boolean mobile) {
        if (!hasLetter(label)) {
            return false;
        }
        String words = Letters.words(label);
        return NAMED.matcher(words).find()
                || (mobile ? NAMED_BEFORE_MOBILE : MAY_BE_NAMED).matcher(words).find();
    }

    /** The label may be that of an office. */
    static boolean isOffice(String label) {
        return hasLetter(label) && OFFICE.matcher(Letters.words(label)).find();
    }

    /**
     * @param text   that follows a number; if it has digits, its label belongs to them
     * @param mobile the number is a whole mobile
     */
    static boolean isNamedBehind(String text, boolean mobile) {
        return hasLetter(text)
                && text.chars().noneMatch(PhoneField::isDigit)
                && (mobile ? FIRST_NAMED_BEHIND_MOBILE : FIRST_NAMED)
                        .matcher(Letters.words(text))
                        .find();
    }

    static boolean isMoney(String behind) {
        return MONEY.matcher(behind).find();
    }

    private static boolean hasLetter(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }
}
