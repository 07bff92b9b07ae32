package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a phone from digits and plus signs: first as they are, then with the repairs that leave no
 * doubt.
 */
final class PhoneDigits {

    /**
     * One spelling of the country code, alone or with a zero before it that belongs to no number.
     */
    private static final Pattern COUNTRY_CODE = Pattern.compile("^\\+{0,2}0{0,2}\\+?84");

    private static final Pattern ZERO_BEHIND_PLUS = Pattern.compile("\\+(0[1-9][0-9]{8})");
    private static final Pattern SIGNIFICANT = Pattern.compile("[1-9][0-9]{8,9}");
    private static final int MOST_CODES = 3;

    private final NumberingPlan plan;

    PhoneDigits(NumberingPlan plan) {
        this.plan = plan;
    }

    /** @param repairs what was repaired so far */
    Normalized<Phone> read(String number, EnumSet<Reason> repairs) {
        Normalized<Phone> asItStands = asItStands(number, EnumSet.copyOf(repairs));
        if (asItStands.value() != null || !mayBeRepaired(asItStands.reasons())) {
            return asItStands;
        }
        Normalized<Phone> repaired =
                isBare(number) ? withTheZero(number, repairs) : withOneCountryCode(number, repairs);
        return repaired == null ? asItStands : repaired;
    }

    /**
     * Not a service number, a placeholder or a number that a setting excludes: another reading of
     * those would be a guess.
     */
    private static boolean mayBeRepaired(Set<Reason> reasons) {
        return reasons.contains(PHONE_INVALID) || reasons.contains(PHONE_FOREIGN);
    }

    private Normalized<Phone> asItStands(String number, EnumSet<Reason> repairs) {
        if (number.startsWith("+")) {
            return number.startsWith("+84")
                    ? lookUp(withoutTrunk(number.substring(3)), repairs)
                    : Normalized.nothing(isForeign(number.substring(1)) ? PHONE_FOREIGN : PHONE_INVALID);
        }
        if (number.startsWith("0084")) {
            return lookUp(withoutTrunk(number.substring(4)), repairs);
        }
        if (number.startsWith("00")) { // 00868793800: too short for a number in China
            return Normalized.nothing(
                    plan.isPlaceholder(number)
                            ? PHONE_PLACEHOLDER
                            : NumberingPlan.isForeign(number.substring(2)) ? PHONE_FOREIGN : PHONE_INVALID);
        }
        if (NumberingPlan.isService(number)) {
            return Normalized.nothing(PHONE_SERVICE_NUMBER);
        }
        if (number.startsWith("0")) {
            return lookUp(number.substring(1), repairs);
        }
        if (number.startsWith("84") && number.length() >= 11) {
            return lookUp(withoutTrunk(number.substring(2)), repairs);
        }
        return Normalized.nothing(PHONE_INVALID);
    }

    /** A plus shows it, unless the digits are a Vietnamese phone and no number abroad. */
    private boolean isForeign(String number) {
        return NumberingPlan.isForeign(number) || withTheZero(number, EnumSet.noneOf(Reason.class)) == null;
    }

    private Normalized<Phone> lookUp(String significant, EnumSet<Reason> repairs) {
        return significant.indexOf('+') >= 0 ? Normalized.nothing(PHONE_INVALID) : plan.lookUp(significant, repairs);
    }

    private static boolean isBare(String number) {
        return SIGNIFICANT.matcher(number).matches();
    }

    /**
     * With the leading zero that a spreadsheet removed: a mobile, an old mobile or a landline.
     * Null: there is no such phone.
     */
    private @Nullable Normalized<Phone> withTheZero(String number, EnumSet<Reason> repairs) {
        if (!isBare(number)) {
            return null;
        }
        EnumSet<Reason> restored = EnumSet.copyOf(repairs);
        restored.add(PHONE_LEADING_ZERO);
        Normalized<Phone> phone = plan.lookUp(number, restored);
        if (phone.value() == null || plan.isMobile(phone.value())) {
            return phone.reasons().contains(PHONE_INVALID) ? null : phone;
        }
        // Ten digits may also be a North American number, which belongs to another person.
        boolean landline = number.length() == 10 && !NumberingPlan.isForeign("1" + number);
        return landline ? phone : null;
    }

    /**
     * The country code is written twice, or after a zero. Null: there is no such phone, or more
     * than one.
     */
    private @Nullable Normalized<Phone> withOneCountryCode(String number, EnumSet<Reason> repairs) {
        EnumSet<Reason> repaired = EnumSet.copyOf(repairs);
        repaired.add(PHONE_COUNTRY_CODE);
        Matcher zero = ZERO_BEHIND_PLUS.matcher(number);
        if (zero.matches()) {
            Normalized<Phone> phone = plan.lookUp(withoutTrunk(zero.group(1)), repaired);
            return phone.reasons().contains(PHONE_INVALID) ? null : phone;
        }
        Map<Object, Normalized<Phone>> readings = new HashMap<>();
        String rest = number;
        for (int codes = 0; codes < MOST_CODES; codes++) {
            Matcher code = COUNTRY_CODE.matcher(rest);
            if (!code.find()) {
                break;
            }
            rest = rest.substring(code.end());
            String significant = withoutTrunk(rest);
            if (isBare(significant)) {
                Normalized<Phone> phone = plan.lookUp(significant, EnumSet.copyOf(repaired));
                if (!phone.reasons().contains(PHONE_INVALID)) {
                    readings.put(phone.value() == null ? phone.reasons() : phone.value(), phone);
                }
            }
        }
        return readings.size() == 1 ? readings.values().iterator().next() : null;
    }

    /** {@code +84 0…} and {@code +84(0)…} keep the trunk zero that the country code replaces. */
    private static String withoutTrunk(String number) {
        return number.startsWith("0") ? number.substring(1) : number;
    }
}
