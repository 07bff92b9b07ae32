package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;

import io.alohubsync.contact.PhoneField.Part;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the text before and behind a number: a label or an extension is dropped, other text is a
 * reason to reject the number.
 */
final class TextBeside {

    private static final Pattern EXTENSION = Pattern.compile(
            "^" + PhoneField.LABEL_OF_EXTENSION + "(?=[0-9])([0-9 .\\-]*[0-9])\\s*\\)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final int LONGEST_EXTENSION = 5;
    private static final Pattern LABEL_WITH_NUMBER = Pattern.compile("(\\p{L}+[ .]?)+[1-9] ?:");
    private static final Pattern JOINING = Pattern.compile("^(?:hoặc|hoac|or|và|va)(?!\\p{L})");
    private static final Pattern LETTER_OR_BRACKET_FIRST = Pattern.compile("^[^0-9]*[\\p{L}(\\[{<]");
    /** A letter that is typed in place of a digit. */
    private static final Pattern DIGIT_LIKE = Pattern.compile("^[OoQIl](?!\\p{L})");

    private static final Pattern ENDS_IN_A_WORD = Pattern.compile(".*\\p{L}{2}$");
    private static final Pattern WHOLE_MOBILE = Pattern.compile("(?:0|84|\\+840?|0084)[35789][0-9]{8}");
    private static final Pattern NOTHING = Pattern.compile("[ .()\\-;,/|&\"'“”:]*");

    private TextBeside() {}

    static boolean isWholeMobile(Part part) {
        return WHOLE_MOBILE.matcher(part.number().replaceAll("[ .()-]", "")).matches();
    }

    /** A label is letters and signs. Digits before the number may belong to it. */
    static @Nullable Reason faultBefore(Part part, EnumSet<Reason> repairs) {
        String before = JOINING.matcher(part.before()).replaceFirst("").strip();
        boolean code = before.startsWith("*") || before.startsWith("#");
        if (code && (part.behind().startsWith("#") || PhoneField.digitsIn(part.number()) < 7)) {
            return PHONE_SERVICE_NUMBER;
        }
        boolean mobile = isWholeMobile(part);
        if (OtherNumbers.isNamed(before, mobile) || (!mobile && OtherNumbers.isOffice(before))) {
            return PHONE_OTHER_NUMBER;
        }
        boolean digits = PhoneField.digitsIn(before) > 0;
        if (digits && !LABEL_WITH_NUMBER.matcher(before).matches()) {
            return part.isLettered() ? PHONE_LETTERS : PHONE_CHARACTERS;
        }
        boolean word = ENDS_IN_A_WORD.matcher(before).matches();
        if (part.glued()
                && !(word && WrittenNumber.COMPLETE.matcher(part.number()).matches())) {
            return PHONE_LETTERS;
        }
        if (!NOTHING.matcher(before).matches()) {
            repairs.add(PHONE_TEXT);
        }
        return null;
    }

    /**
     * @param touches nothing is between the number's last digit and the text
     * @param phone   that the number is
     */
    static @Nullable Reason faultBehind(Part part, boolean touches, Normalized<Phone> phone, EnumSet<Reason> repairs) {
        String behind = part.behind();
        Matcher extension = EXTENSION.matcher(behind);
        if (extension.find()) {
            repairs.add(PHONE_EXTENSION);
            if (!NOTHING.matcher(behind.substring(extension.end())).matches()) {
                repairs.add(PHONE_TEXT);
            }
            return PhoneField.digitsIn(extension.group(1)) > LONGEST_EXTENSION ? PHONE_INVALID : null;
        }
        if (NOTHING.matcher(behind).matches() && PhoneField.digitsIn(behind) == 0) {
            return null;
        }
        if (touches && DIGIT_LIKE.matcher(behind).find()) {
            return PHONE_LETTERS;
        }
        if (OtherNumbers.isNamedBehind(behind, isWholeMobile(part))
                || (phone.reasons().contains(PHONE_LEADING_ZERO) && OtherNumbers.isMoney(behind))) {
            return PHONE_OTHER_NUMBER;
        }
        repairs.add(PHONE_TEXT);
        boolean plain = PhoneField.digitsIn(behind) == 0
                || LETTER_OR_BRACKET_FIRST.matcher(behind).find();
        return plain ? null : PHONE_CHARACTERS;
    }
}
