package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;

import io.alohubsync.contact.PhoneField.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a phone from what a source wrote. It cleans strictly, then asks the numbering plan whether
 * the number exists. The plan's library gets clean digits only, because it guesses from other text.
 */
public final class PhoneNormalizer {

    /** A longer field holds more than one or two phones. */
    public static final int MAX_LENGTH = 200;

    private static final Pattern SCIENTIFIC = Pattern.compile("^[eE][+-]?[0-9]");
    private static final Pattern SCIENTIFIC_FIELD =
            Pattern.compile("(?<![\\p{L}0-9])[0-9]+[.,][0-9]+[eE][+-]?[0-9]{1,3}(?![\\p{L}0-9])");
    private static final Pattern THOUSANDS =
            Pattern.compile("(?<![0-9])[0-9]{1,3}([,'‘’])[0-9]{3}(?:\\1[0-9]{3})+(?![0-9])");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("^,[0-9]{1,6}(?![0-9])");

    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    private static final Pattern LONG_ENOUGH = Pattern.compile("(?:0|\\+?84)[0-9]{8,10}");

    private static final Pattern PLAIN_MOBILE = Pattern.compile("0[35789][0-9]{8}");

    private final PhoneRules rules;
    private final NumberingPlan plan;
    private final WrittenNumber numbers;

    public PhoneNormalizer(PhoneRules rules) {
        this.rules = rules;
        this.plan = new NumberingPlan(rules);
        this.numbers = new WrittenNumber(rules, plan);
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
        PhoneText plain = PhoneText.of(written);
        String text = plain.text();
        if (PhoneField.digitsIn(text) == 0) {
            return Normalized.nothing(text.isEmpty() ? PHONE_MISSING : PHONE_NO_DIGITS);
        }
        List<Part> parts = PhoneField.of(text).parts();
        return parts.size() == 1 && isNumberFormat(text, parts.getFirst())
                ? Normalized.nothing(PHONE_NUMBER_FORMAT)
                : oneOf(parts, plain.repairs());
    }

    private static boolean isNumberFormat(String text, Part only) {
        boolean none = PhoneField.digitsIn(only.number()) < 7;
        return (none && THOUSANDS.matcher(text).find())
                || (!only.listed() && SCIENTIFIC_FIELD.matcher(text).find());
    }

    private Normalized<Phone> oneOf(List<Part> parts, EnumSet<Reason> repairs) {
        Part only = parts.getFirst();
        if (parts.size() == 1 && (!only.listed() || numbers.isRange(only))) {
            return normalizeOne(only, false, repairs);
        }
        if (parts.size() == 1 && !WrittenNumber.COMPLETE.matcher(only.number()).matches()) {
            return Normalized.nothing(PHONE_INVALID); // the digits beside it may belong to it
        }
        Normalized<Phone> same = parts.size() > 1 ? theSame(parts, repairs) : null;
        if (same != null) {
            return same;
        }
        if (!rules.firstMobileOfSeveral()) {
            return Normalized.nothing(PHONE_SEVERAL);
        }
        repairs.add(PHONE_FIRST_MOBILE);
        Normalized<Phone> first = null;
        boolean other = false;
        for (Part part : parts) {
            other = OtherNumbers.isNamed(part.before(), TextBeside.isWholeMobile(part)) || (part.joined() && other);
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

    /** Null: they are not one phone written more than once. */
    private @Nullable Normalized<Phone> theSame(List<Part> parts, EnumSet<Reason> repairs) {
        EnumSet<Reason> all = EnumSet.of(PHONE_TEXT);
        Phone phone = null;
        for (Part part : parts) {
            Normalized<Phone> one = normalizeOne(part, false, EnumSet.copyOf(repairs));
            if (one.value() == null || (phone != null && !phone.equals(one.value()))) {
                return null;
            }
            phone = one.value();
            all.addAll(one.reasons());
        }
        return phone == null ? null : Normalized.of(phone, all);
    }

    /** @param other the label before the preceding number says that it is no phone */
    private Normalized<Phone> normalizeOne(Part part, boolean other, EnumSet<Reason> repairs) {
        Reason fault = other ? PHONE_OTHER_NUMBER : TextBeside.faultBefore(part, repairs);
        if (fault != null) {
            return Normalized.nothing(fault);
        }
        String behind = part.behind();
        boolean touches = !part.number().isEmpty()
                && PhoneField.isDigit(part.number().charAt(part.number().length() - 1));
        if (touches && (SCIENTIFIC.matcher(behind).find() || isDecimalComma(part))) {
            return Normalized.nothing(PHONE_NUMBER_FORMAT);
        }
        Normalized<Phone> phone = numbers.read(part.number(), repairs);
        if (phone.value() == null) {
            return phone.reasons().contains(PHONE_INVALID) ? unread(part, touches) : phone;
        }
        EnumSet<Reason> all = EnumSet.noneOf(Reason.class);
        all.addAll(phone.reasons());
        if (numbers.isRange(part)) {
            all.add(PHONE_EXTENSION);
        } else if (!part.listed()) {
            fault = TextBeside.faultBehind(part, touches, phone, all);
        }
        return fault == null ? Normalized.of(phone.value(), all) : Normalized.nothing(fault);
    }

    private boolean isDecimalComma(Part part) {
        return DECIMAL_COMMA.matcher(part.behind()).find() && !numbers.isRange(part);
    }

    /**
     * 0868-CALL-ME: without its letters it is no number, so they are the reason; not where as many
     * digits as a phone has end before them.
     */
    private static Normalized<Phone> unread(Part part, boolean touches) {
        if (LETTER.matcher(part.behind()).find()) {
            boolean apart = !touches || "([{<".indexOf(part.behind().charAt(0)) >= 0;
            String digits = part.number().replaceAll("[^0-9+]", "");
            return Normalized.nothing(apart && LONG_ENOUGH.matcher(digits).matches() ? PHONE_INVALID : PHONE_LETTERS);
        }
        return Normalized.nothing(
                part.listed() || PhoneField.digitsIn(part.behind()) == 0 ? PHONE_INVALID : PHONE_CHARACTERS);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "PhoneNormalizer[%s]", rules);
    }
}
