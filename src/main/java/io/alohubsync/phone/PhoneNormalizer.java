package io.alohubsync.phone;

import static io.alohubsync.phone.Reason.*;

import java.util.ArrayList;
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

    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+([.,]\\d+)?[eE][+-]?\\d+");
    private static final Pattern DECIMAL_TAIL = Pattern.compile("\\+?(\\d+)\\.(0+)");
    private static final Pattern SCHEME = Pattern.compile("^tel:\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXTENSION = Pattern.compile(
            "[\\s,;(.]*(?:ext\\.?|extension|x|#|(?:số )?máy lẻ|may le|nhánh|nhanh)\\s*[:.#=]?\\s*(\\d{1,5})\\s*\\)?$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern NEXT_PHONE = Pattern.compile("[;,/|&]|\\s(?:hoặc|hoac|or|và|va)\\s");
    private static final Pattern TRAILING_TEXT = Pattern.compile("[^0-9]+$");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern ZERO_BEFORE_CODE = Pattern.compile("^\\(?0\\s*\\+|^\\(?\\+\\s*0(?=\\s*84)");
    private static final Pattern SEPARATORS = Pattern.compile("[ .()\\-]+");
    private static final Pattern OUTER_SEPARATORS = Pattern.compile("^[ \\-]+|[ \\-]+$");
    private static final Pattern CLEAN = Pattern.compile("\\+?[0-9]+");
    private static final Pattern PLAIN_MOBILE = Pattern.compile("0[35789][0-9]{8}");
    private static final Pattern PAIR_BREAK = Pattern.compile("(?<=\\d)[ .-]+(?=[+0(8])");

    private final PhoneRules rules;
    private final NumberingPlan plan;

    public PhoneNormalizer(PhoneRules rules) {
        this.rules = rules;
        this.plan = new NumberingPlan(rules);
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
        boolean linesApart = written.indexOf('\n') >= 0 || written.indexOf('\r') >= 0;
        String text = Text.cleaned(linesApart ? written.strip().replaceAll("[\\r\\n]+", ";") : written);
        if (written.codePoints().anyMatch(Text::isMark)) {
            repairs.add(PHONE_INVISIBLE);
        }
        text = SCHEME.matcher(Text.withoutLeadingApostrophe(text)).replaceFirst("");
        text = withPlainCharacters(text, repairs);
        if (text.chars().noneMatch(PhoneNormalizer::isDigit)) {
            return Normalized.nothing(text.isEmpty() ? PHONE_MISSING : PHONE_NO_DIGITS);
        }
        if (SCIENTIFIC.matcher(text).matches()) {
            return Normalized.nothing(PHONE_NUMBER_FORMAT);
        }
        return oneOf(phonesIn(text), repairs);
    }

    /** The parts of the field that hold digits; an extension stays with its phone. */
    private static List<String> phonesIn(String text) {
        if (EXTENSION.matcher(text).find() && digitsIn(text) <= 17) {
            return List.of(text);
        }
        List<String> phones = new ArrayList<>();
        for (String part : NEXT_PHONE.split(text)) {
            if (digitsIn(part) > 0) {
                phones.add(part.strip());
            }
        }
        if (phones.size() == 1 && digitsIn(phones.getFirst()) >= 18) {
            return pairIn(phones.getFirst());
        }
        return phones;
    }

    /** Two phones with only a space or a dash between: the break after which both sides have a phone's length. */
    private static List<String> pairIn(String text) {
        Matcher gap = PAIR_BREAK.matcher(text);
        while (gap.find()) {
            String first = text.substring(0, gap.start());
            String second = text.substring(gap.end());
            if (digitsIn(first) >= 9 && digitsIn(second) >= 9) {
                return List.of(first, second);
            }
        }
        return List.of(text);
    }

    private Normalized<Phone> oneOf(List<String> phones, EnumSet<Reason> repairs) {
        if (phones.size() == 1) {
            return normalizeOne(phones.getFirst(), repairs);
        }
        if (!rules.firstMobileOfSeveral()) {
            return Normalized.nothing(PHONE_SEVERAL);
        }
        repairs.add(PHONE_FIRST_MOBILE);
        Normalized<Phone> first = null;
        for (String phone : phones) {
            Normalized<Phone> candidate = normalizeOne(phone, EnumSet.copyOf(repairs));
            if (candidate.value() != null && plan.isMobile(candidate.value())) {
                return candidate;
            }
            if (first == null || (first.value() == null && candidate.value() != null)) {
                first = candidate;
            }
        }
        return first;
    }

    private Normalized<Phone> normalizeOne(String part, EnumSet<Reason> repairs) {
        String text = part;
        if (text.startsWith("*") || text.startsWith("#")) {
            return Normalized.nothing(PHONE_SERVICE_NUMBER);
        }
        Matcher extension = EXTENSION.matcher(text);
        if (extension.find() && digitsIn(text.substring(0, extension.start())) >= 7) {
            repairs.add(PHONE_EXTENSION);
            text = text.substring(0, extension.start());
        }
        boolean letters = false;
        Matcher trailing = TRAILING_TEXT.matcher(text);
        if (trailing.find()) {
            letters = LETTER.matcher(trailing.group()).find();
            if (!SEPARATORS.matcher(trailing.group()).matches()) {
                repairs.add(PHONE_TEXT);
            }
            text = text.substring(0, trailing.start());
        }
        text = OUTER_SEPARATORS.matcher(text).replaceAll("");
        if (SCIENTIFIC.matcher(text).matches()) {
            return Normalized.nothing(PHONE_NUMBER_FORMAT);
        }
        Matcher tail = DECIMAL_TAIL.matcher(text);
        if (tail.matches()) { // before separators go: the dot of a number format is none
            if (tail.group(1).length() < 9 || tail.group(2).length() > 1) {
                return Normalized.nothing(PHONE_NUMBER_FORMAT);
            }
            repairs.add(PHONE_DECIMAL_TAIL);
            text = text.substring(0, text.length() - 2);
        }
        if (LETTER.matcher(text).find()) {
            return Normalized.nothing(PHONE_LETTERS);
        }
        Matcher zero = ZERO_BEFORE_CODE.matcher(text);
        if (zero.find()) {
            repairs.add(PHONE_COUNTRY_CODE);
            text = "+" + text.substring(zero.end());
        }
        String number = SEPARATORS.matcher(text).replaceAll("");
        if (!CLEAN.matcher(number).matches()) {
            return Normalized.nothing(PHONE_CHARACTERS);
        }
        Normalized<Phone> phone = fromDigits(number, repairs);
        // 0868-CALL-ME: what is left without its letters is no number, so the letters are what is wrong.
        return phone.value() == null && letters && phone.reasons().contains(PHONE_INVALID)
                ? Normalized.nothing(PHONE_LETTERS)
                : phone;
    }

    /** @param number digits, perhaps with a plus before them */
    private Normalized<Phone> fromDigits(String number, EnumSet<Reason> repairs) {
        if (number.startsWith("+")) {
            return number.startsWith("+84")
                    ? plan.lookUp(withoutTrunk(number.substring(3)), repairs)
                    : Normalized.nothing(PHONE_FOREIGN);
        }
        if (number.startsWith("00")) {
            return number.startsWith("0084")
                    ? plan.lookUp(withoutTrunk(number.substring(4)), repairs)
                    : plan.isPlaceholder(number)
                            ? Normalized.nothing(PHONE_PLACEHOLDER)
                            : Normalized.nothing(PHONE_FOREIGN);
        }
        if (NumberingPlan.isService(number)) {
            return Normalized.nothing(PHONE_SERVICE_NUMBER);
        }
        if (number.startsWith("0")) {
            return plan.lookUp(number.substring(1), repairs);
        }
        if (number.startsWith("84") && number.length() >= 11) {
            return plan.lookUp(withoutTrunk(number.substring(2)), repairs);
        }
        if (number.length() == 9) {
            repairs.add(PHONE_LEADING_ZERO);
            Normalized<Phone> phone = plan.lookUp(number, repairs);
            return phone.value() == null || plan.isMobile(phone.value()) ? phone : Normalized.nothing(PHONE_INVALID);
        }
        return Normalized.nothing(PHONE_INVALID);
    }

    /** {@code +84 0…} and {@code +84(0)…} keep the trunk zero that the country code replaces. */
    private static String withoutTrunk(String number) {
        return number.startsWith("0") ? number.substring(1) : number;
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
            } else {
                plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static long digitsIn(String text) {
        return text.chars().filter(PhoneNormalizer::isDigit).count();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "PhoneNormalizer[%s]", rules);
    }
}
