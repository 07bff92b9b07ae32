package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;

import io.alohubsync.contact.PhoneField.Part;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads digits and separators: one phone, or the first line of an office with its further lines
 * behind it.
 */
final class WrittenNumber {

    private static final Pattern DECIMAL_TAIL = Pattern.compile("\\+?([0-9]+)\\.(0+)");
    /** {@code 45} behind {@code 38223344}: the last digits of an office's last line. */
    private static final Pattern RANGE_INSIDE = Pattern.compile("(.*[0-9])[ .]*-[ .]*([0-9]{1,4})");

    private static final Pattern RANGE_BEHIND =
            Pattern.compile("^ *(?:[/,~]|->|→|đến|tới|to) *([0-9]{1,4})(?: *[/,~-] *[0-9]{1,4})*[ .]*$");
    private static final Pattern BRACKET_INSIDE = Pattern.compile("(.*[0-9]) *\\(([0-9 .\\-]+)\\)");
    private static final Pattern SEPARATORS = Pattern.compile("[ .()\\-]+");
    private static final Pattern OUTER_SEPARATORS = Pattern.compile("^[ .()\\-]+|[ .()\\-]+$");

    /** It begins with a plus, a zero or the country code. */
    static final Pattern COMPLETE = Pattern.compile("[ (]*(?:\\+|0|84).*");

    private final PhoneRules rules;
    private final NumberingPlan plan;
    private final PhoneDigits digits;

    WrittenNumber(PhoneRules rules, NumberingPlan plan) {
        this.rules = rules;
        this.plan = plan;
        this.digits = new PhoneDigits(plan);
    }

    /**
     * @param written digits and separators: one phone, or one with digits behind it that do not
     *                belong to it
     */
    Normalized<Phone> read(String written, EnumSet<Reason> repairs) {
        String number = OUTER_SEPARATORS.matcher(written).replaceAll("");
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
            boolean another = PhoneField.digitsIn(bracket.group(2)) >= 7 && !isSame(bracket.group(1), bracket.group(2));
            if (another && !rules.firstMobileOfSeveral()) {
                return Normalized.nothing(PHONE_SEVERAL);
            }
            Normalized<Phone> first =
                    digitsOf(bracket.group(1), withReason(repairs, another ? PHONE_FIRST_MOBILE : PHONE_TEXT));
            return first.value() == null ? whole : first;
        }
        return whole;
    }

    private boolean isSame(String first, String second) {
        Phone phone = digitsOf(first, EnumSet.noneOf(Reason.class)).value();
        return phone != null
                && phone.equals(digitsOf(second, EnumSet.noneOf(Reason.class)).value());
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
        if (tail.matches()) { // before separators are removed: a decimal point is none
            if (tail.group(1).length() < 9 || tail.group(2).length() > 1) {
                return Normalized.nothing(PHONE_NUMBER_FORMAT);
            }
            all.add(PHONE_DECIMAL_TAIL);
            text = text.substring(0, text.length() - 2);
        }
        return digits.read(SEPARATORS.matcher(text).replaceAll(""), all);
    }

    /** Digits behind the number are further lines of its office. */
    boolean isRange(Part part) {
        Matcher range = RANGE_BEHIND.matcher(part.behind());
        return range.find() && isRange(digitsOf(part.number(), EnumSet.noneOf(Reason.class)), range.group(1));
    }

    /**
     * A landline's range that goes upwards. A mobile has no further lines, and a range that goes
     * downwards is a typing error.
     */
    private boolean isRange(Normalized<Phone> line, String upTo) {
        if (line.value() == null || plan.isMobile(line.value())) {
            return false;
        }
        String number = line.value().national();
        return number.substring(number.length() - upTo.length()).compareTo(upTo) < 0;
    }
}
