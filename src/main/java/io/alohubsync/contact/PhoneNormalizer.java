package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;

import io.alohubsync.contact.PhoneField.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From what a source wrote to the phone it means. Cleans strictly, then asks the numbering plan whether the number exists;
 * the plan's library never sees dirty text, from which it would guess.
 */
public final class PhoneNormalizer {

    /** Nothing that is one phone, or two, is longer. */
    public static final int MAX_LENGTH = 200;

    private static final Pattern SCIENTIFIC = Pattern.compile("^[eE][+-]?[0-9]");
    private static final Pattern SCIENTIFIC_FIELD =
            Pattern.compile("(?<![\\p{L}0-9])[0-9]+[.,][0-9]+[eE][+-]?[0-9]{1,3}(?![\\p{L}0-9])");
    private static final Pattern THOUSANDS =
            Pattern.compile("(?<![0-9])[0-9]{1,3}([,'‘’])[0-9]{3}(?:\\1[0-9]{3})+(?![0-9])");
    private static final Pattern DECIMAL_TAIL = Pattern.compile("\\+?([0-9]+)\\.(0+)");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("^,[0-9]{1,6}(?![0-9])");
    private static final Pattern SCHEME = Pattern.compile("^tel:\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("^[=\"“”„«]+|(?<=[^=\"“”«»' ])[\"“”»' ]+$");
    private static final Pattern EXTENSION = Pattern.compile(
            "^[\\s,;(.\\-]*(?:ext\\.?|extension|x|#|(?:số )?máy lẻ|may le|nhánh|nhanh|(?:số )?nội"
                    + " bộ)\\s*[:.#=]?\\s*(?=[0-9])([0-9 .\\-]*[0-9])\\s*\\)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final int LONGEST_EXTENSION = 5;
    /** {@code 45} behind {@code 38223344}: the line's last digits up to which the numbers of one office go. */
    private static final Pattern RANGE_INSIDE = Pattern.compile("(.*[0-9])[ .]*-[ .]*([0-9]{1,4})");

    private static final Pattern RANGE_BEHIND =
            Pattern.compile("^ *(?:[/,~]|->|→|đến|tới|to) *([0-9]{1,4})(?: *[/,~-] *[0-9]{1,4})*[ .]*$");
    private static final Pattern BRACKET_INSIDE = Pattern.compile("([^()]*[0-9]) *\\(([0-9 .\\-]+)\\)");
    private static final Pattern LABEL_WITH_NUMBER = Pattern.compile("(\\p{L}+[ .]?)+[1-9] ?:");
    private static final Pattern JOINING = Pattern.compile("^(?:hoặc|hoac|or|và|va)(?!\\p{L})");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern LETTER_OR_BRACKET_FIRST = Pattern.compile("^[^0-9]*[\\p{L}(\\[{<]");
    /** A letter that is typed for a digit. */
    private static final Pattern DIGIT_LIKE = Pattern.compile("^[OoQIl](?!\\p{L})");

    private static final Pattern ENDS_IN_A_WORD = Pattern.compile(".*\\p{L}{2}$");
    private static final Pattern COMPLETE = Pattern.compile("[ (]*(?:\\+|0|84).*");
    private static final Pattern SEPARATORS = Pattern.compile("[ .()\\-]+");
    private static final Pattern OUTER_SEPARATORS = Pattern.compile("^[ .()\\-]+|[ .()\\-]+$");
    private static final Pattern NOTHING = Pattern.compile("[ .()\\-;,/|&\"'“”:]*");
    private static final Pattern PLAIN_MOBILE = Pattern.compile("0[35789][0-9]{8}");

    private final PhoneRules rules;
    private final NumberingPlan plan;
    private final PhoneDigits digits;

    public PhoneNormalizer(PhoneRules rules) {
        this.rules = rules;
        this.plan = new NumberingPlan(rules);
        this.digits = new PhoneDigits(plan);
    }

    /** @param written as the source wrote it; null is allowed */
    public Normalized<Phone> normalize(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return Normalized.nothing(PHONE_MISSING);
        }
        if (PLAIN_MOBILE.matcher(written).matches()) { // the common case
            return plan.lookUp(written.substring(1), EnumSet.noneOf(Reason.class));
        }
        if (written.length() > MAX_LENGTH) {
            return Normalized.nothing(PHONE_TOO_LONG);
        }
        return normalizeField(written);
    }

    private Normalized<Phone> normalizeField(String written) {
        EnumSet<Reason> repairs = EnumSet.noneOf(Reason.class);
        String decoded = Entities.decoded(written);
        boolean linesApart = decoded.indexOf('\n') >= 0 || decoded.indexOf('\r') >= 0;
        String text = Text.cleaned(linesApart ? decoded.strip().replaceAll("[\\r\\n]+", ";") : decoded);
        if (!decoded.equals(written) || written.codePoints().anyMatch(Text::isMark)) {
            repairs.add(PHONE_INVISIBLE);
        }
        text = Text.withoutLeadingApostrophe(text);
        String unquoted = text.startsWith("=") || QUOTED.matcher(text).lookingAt()
                ? Text.withoutLeadingApostrophe(
                        QUOTED.matcher(text).replaceAll("").strip())
                : text;
        if (!unquoted.equals(text)) {
            repairs.add(PHONE_PROTECTION);
        }
        text = withPlainCharacters(SCHEME.matcher(unquoted).replaceFirst(""), repairs);
        if (PhoneField.digitsIn(text) == 0) {
            return Normalized.nothing(text.isEmpty() ? PHONE_MISSING : PHONE_NO_DIGITS);
        }
        List<Part> parts = PhoneField.of(text).parts();
        return parts.size() == 1 && isNumberFormat(text, parts.getFirst())
                ? Normalized.nothing(PHONE_NUMBER_FORMAT)
                : oneOf(parts, repairs);
    }

    private static boolean isNumberFormat(String text, Part only) {
        boolean none = PhoneField.digitsIn(only.number()) < 7;
        return (none && THOUSANDS.matcher(text).find())
                || (!only.listed() && SCIENTIFIC_FIELD.matcher(text).find());
    }

    private Normalized<Phone> oneOf(List<Part> parts, EnumSet<Reason> repairs) {
        Part only = parts.getFirst();
        if (parts.size() == 1 && (!only.listed() || isRange(only))) {
            return normalizeOne(only, false, repairs);
        }
        if (!rules.firstMobileOfSeveral()) {
            return Normalized.nothing(PHONE_SEVERAL);
        }
        repairs.add(PHONE_FIRST_MOBILE);
        Normalized<Phone> first = null;
        boolean other = false;
        for (Part part : parts) {
            other = OtherNumbers.isNamed(part.before()) || (part.joined() && other);
            Normalized<Phone> candidate = normalizeOne(part, other, EnumSet.copyOf(repairs));
            if (candidate.value() != null && plan.isMobile(candidate.value())) {
                return candidate;
            }
            if (first == null || (first.value() == null && candidate.value() != null)) {
                first = candidate;
            }
        }
        return first;
    }

    /** @param other it has the label of another number, which stands before the number before it */
    private Normalized<Phone> normalizeOne(Part part, boolean other, EnumSet<Reason> repairs) {
        Reason fault = other ? PHONE_OTHER_NUMBER : faultBefore(part, repairs);
        if (fault != null) {
            return Normalized.nothing(fault);
        }
        String behind = part.behind();
        boolean touches = !part.number().isEmpty()
                && PhoneField.isDigit(part.number().charAt(part.number().length() - 1));
        if (touches && (SCIENTIFIC.matcher(behind).find() || isDecimalComma(part))) {
            return Normalized.nothing(PHONE_NUMBER_FORMAT);
        }
        String number = OUTER_SEPARATORS.matcher(part.number()).replaceAll("");
        Normalized<Phone> phone = numberIn(number, repairs);
        if (phone.value() == null) {
            return phone.reasons().contains(PHONE_INVALID) ? unread(part) : phone;
        }
        EnumSet<Reason> all = EnumSet.noneOf(Reason.class);
        all.addAll(phone.reasons());
        fault = faultBehind(part, touches, phone, all);
        return fault == null ? Normalized.of(phone.value(), all) : Normalized.nothing(fault);
    }

    /** 0868-CALL-ME: what is left without its letters is no number, so the letters are what is wrong. */
    private static Normalized<Phone> unread(Part part) {
        if (LETTER.matcher(part.behind()).find()) {
            return Normalized.nothing(PHONE_LETTERS);
        }
        return Normalized.nothing(
                part.listed() || PhoneField.digitsIn(part.behind()) == 0 ? PHONE_INVALID : PHONE_CHARACTERS);
    }

    /** A label is letters and signs. Digits before the number may belong to it. */
    private static @Nullable Reason faultBefore(Part part, EnumSet<Reason> repairs) {
        String before = JOINING.matcher(part.before()).replaceFirst("").strip();
        boolean code = before.startsWith("*") || before.startsWith("#");
        if (code && (part.behind().startsWith("#") || PhoneField.digitsIn(part.number()) < 7)) {
            return PHONE_SERVICE_NUMBER;
        }
        if (OtherNumbers.isNamed(before)) {
            return PHONE_OTHER_NUMBER;
        }
        boolean digits = PhoneField.digitsIn(before) > 0;
        if (digits && !LABEL_WITH_NUMBER.matcher(before).matches()) {
            return part.isLettered() ? PHONE_LETTERS : PHONE_CHARACTERS;
        }
        boolean word = ENDS_IN_A_WORD.matcher(before).matches();
        if (part.glued() && !(word && COMPLETE.matcher(part.number()).matches())) {
            return PHONE_LETTERS;
        }
        if (!NOTHING.matcher(before).matches()) {
            repairs.add(PHONE_TEXT);
        }
        return null;
    }

    private boolean isDecimalComma(Part part) {
        return DECIMAL_COMMA.matcher(part.behind()).find() && !isRange(part);
    }

    private @Nullable Reason faultBehind(Part part, boolean touches, Normalized<Phone> phone, EnumSet<Reason> repairs) {
        String behind = part.behind();
        if (part.listed() && !isRange(part)) {
            return null;
        }
        if (isRange(part)) {
            repairs.add(PHONE_EXTENSION);
            return null;
        }
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
        if (OtherNumbers.isNamedBehind(behind)
                || (phone.reasons().contains(PHONE_LEADING_ZERO) && OtherNumbers.isMoney(behind))) {
            return PHONE_OTHER_NUMBER;
        }
        repairs.add(PHONE_TEXT);
        boolean plain = PhoneField.digitsIn(behind) == 0
                || LETTER_OR_BRACKET_FIRST.matcher(behind).find();
        return plain ? null : PHONE_CHARACTERS;
    }

    /** @param number digits and separators: one phone, or one with digits behind it that are plainly not its own */
    private Normalized<Phone> numberIn(String number, EnumSet<Reason> repairs) {
        Normalized<Phone> whole = digitsOf(number, repairs);
        if (whole.value() != null || !whole.reasons().contains(PHONE_INVALID)) {
            return whole;
        }
        for (Matcher range = RANGE_INSIDE.matcher(number); range.matches(); range.reset(range.group(1))) {
            Normalized<Phone> line = digitsOf(range.group(1), withReason(repairs, PHONE_EXTENSION));
            if (isRange(line, range.group(2)) || line.reasons().contains(PHONE_LANDLINE)) {
                return line;
            }
        }
        Matcher bracket = BRACKET_INSIDE.matcher(number + (number.indexOf('(') >= 0 ? ")" : ""));
        if (bracket.matches() && COMPLETE.matcher(number).matches()) {
            boolean another = PhoneField.digitsIn(bracket.group(2)) >= 7;
            if (another && !rules.firstMobileOfSeveral()) {
                return Normalized.nothing(PHONE_SEVERAL);
            }
            Normalized<Phone> first =
                    digitsOf(bracket.group(1), withReason(repairs, another ? PHONE_FIRST_MOBILE : PHONE_TEXT));
            return first.value() == null ? whole : first;
        }
        return whole;
    }

    private static EnumSet<Reason> withReason(EnumSet<Reason> repairs, Reason reason) {
        EnumSet<Reason> more = EnumSet.copyOf(repairs);
        more.add(reason);
        return more;
    }

    private Normalized<Phone> digitsOf(String number, EnumSet<Reason> repairs) {
        EnumSet<Reason> all = EnumSet.copyOf(repairs);
        String text = OUTER_SEPARATORS.matcher(number).replaceAll("");
        Matcher tail = DECIMAL_TAIL.matcher(text);
        if (tail.matches()) { // before separators go: the dot of a number format is none
            if (tail.group(1).length() < 9 || tail.group(2).length() > 1) {
                return Normalized.nothing(PHONE_NUMBER_FORMAT);
            }
            all.add(PHONE_DECIMAL_TAIL);
            text = text.substring(0, text.length() - 2);
        }
        return digits.read(SEPARATORS.matcher(text).replaceAll(""), all);
    }

    private boolean isRange(Part part) {
        Matcher range = RANGE_BEHIND.matcher(part.behind());
        return range.find() && isRange(digitsOf(part.number(), EnumSet.noneOf(Reason.class)), range.group(1));
    }

    /** Of a landline, upwards. A mobile has no line beside it, and digits that go down are a slip. */
    private boolean isRange(Normalized<Phone> line, String upTo) {
        if (line.value() == null || plan.isMobile(line.value())) {
            return false;
        }
        String number = line.value().national();
        return number.substring(number.length() - upTo.length()).compareTo(upTo) < 0;
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
            } else if (character == 0x20E3) { // the key around a digit
                repairs.add(PHONE_INVISIBLE);
            } else {
                plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "PhoneNormalizer[%s]", rules);
    }
}
