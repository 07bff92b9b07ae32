package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Decides whether a Vietnamese number exists. The plan itself is google/libphonenumber's. The
 * changes of 2018, service numbers, placeholders and an account's own prefixes are decided here
 * first.
 */
final class NumberingPlan {

    private static final int VIETNAM = 84;
    private static final int LONGEST = 15; // ITU-T E.164
    private static final TypeMemory TYPES = new TypeMemory(NumberingPlan::typeInLibrary); // of all threads
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    /**
     * Ministry of Information and Communications, 2018: the old eleven-digit prefix (without its 0)
     * and the new one.
     */
    private static final Map<String, String> SINCE_2018 = Map.ofEntries(
            Map.entry("162", "32"),
            Map.entry("163", "33"),
            Map.entry("164", "34"),
            Map.entry("165", "35"),
            Map.entry("166", "36"),
            Map.entry("167", "37"),
            Map.entry("168", "38"),
            Map.entry("169", "39"),
            Map.entry("120", "70"),
            Map.entry("121", "79"),
            Map.entry("122", "77"),
            Map.entry("126", "76"),
            Map.entry("128", "78"),
            Map.entry("123", "83"),
            Map.entry("124", "84"),
            Map.entry("125", "85"),
            Map.entry("127", "81"),
            Map.entry("129", "82"),
            Map.entry("186", "56"),
            Map.entry("188", "58"),
            Map.entry("199", "59"));

    /** 1800 and 1900 with four or six digits more, 11x, and 069 (police and army). */
    private static final Pattern SERVICE = Pattern.compile("0?1[89]00\\d{4}(\\d{2})?|1\\d{2}|0?69\\d*");

    private final PhoneRules rules;

    NumberingPlan(PhoneRules rules) {
        this.rules = rules;
    }

    static boolean isService(String digits) {
        return SERVICE.matcher(digits).matches();
    }

    /** @param number digits, the country code first */
    static boolean isForeign(String number) {
        if (number.length() > LONGEST || number.startsWith(String.valueOf(VIETNAM))) {
            return false;
        }
        try {
            return LIBRARY.isValidNumber(LIBRARY.parse("+" + number, null));
        } catch (NumberParseException none) {
            return false;
        }
    }

    boolean isPlaceholder(String national) {
        return rules.placeholders().contains(national);
    }

    /**
     * @param significant the national significant number: digits without trunk zero and country
     *                    code
     * @param repairs     what was repaired so far; the answer's reasons when the number exists
     */
    Normalized<Phone> lookUp(String significant, EnumSet<Reason> repairs) {
        String national = "0" + significant;
        if (isPlaceholder(national)) {
            return Normalized.nothing(PHONE_PLACEHOLDER);
        }
        if (isService(significant)) {
            return Normalized.nothing(PHONE_SERVICE_NUMBER);
        }
        String number = significant;
        String replacement = significant.length() == 10 ? SINCE_2018.get(significant.substring(0, 3)) : null;
        if (replacement != null && rules.convertOldPrefixes()) {
            number = replacement + significant.substring(3);
            repairs.add(PHONE_OLD_PREFIX);
        }
        return existing(number, repairs);
    }

    private Normalized<Phone> existing(String number, EnumSet<Reason> repairs) {
        String national = "0" + number;
        if (rules.denyPrefixes().stream().anyMatch(national::startsWith)) {
            return Normalized.nothing(PHONE_DENIED_PREFIX);
        }
        if (hasAcceptedPrefix(national)) {
            return Normalized.of(new Phone("+84" + number), repairs);
        }
        // No national number of another length exists; the library would guess, or overflow.
        if (number.length() < TypeMemory.SHORTEST || number.length() > TypeMemory.LONGEST || number.startsWith("0")) {
            return Normalized.nothing(PHONE_INVALID);
        }
        return switch (typeOf(number)) {
            case MOBILE, FIXED_LINE_OR_MOBILE ->
                isOfMachines(number)
                        ? Normalized.nothing(PHONE_INVALID)
                        : Normalized.of(new Phone("+84" + number), repairs);
            case FIXED_LINE ->
                rules.landlines()
                        ? Normalized.of(new Phone("+84" + number), repairs)
                        : Normalized.nothing(PHONE_LANDLINE);
            case UNKNOWN -> Normalized.nothing(PHONE_INVALID);
            default -> Normalized.nothing(PHONE_SERVICE_NUMBER);
        };
    }

    /** 0121, 0140, 0160 with ten digits: an old eleven-digit mobile that lost one looks the same. */
    private static boolean isOfMachines(String number) {
        return number.length() == 9 && number.startsWith("1");
    }

    boolean isMobile(Phone phone) {
        return hasAcceptedPrefix(phone.national())
                || switch (typeOf(phone.e164().substring(3))) {
                    case MOBILE, FIXED_LINE_OR_MOBILE -> true;
                    default -> false;
                };
    }

    private boolean hasAcceptedPrefix(String national) {
        return national.length() == 10 && rules.acceptPrefixes().stream().anyMatch(national::startsWith);
    }

    /**
     * UNKNOWN where the number is not valid. A plan distinguishes numbers by their beginnings and
     * lengths, so one look-up in the library serves all that share them; NumberingPlanTest checks
     * that this holds for Vietnam.
     */
    private static PhoneNumberType typeOf(String number) {
        return TYPES.of(number);
    }

    static PhoneNumberType typeInLibrary(String number) {
        PhoneNumber parsed = new PhoneNumber().setCountryCode(VIETNAM).setNationalNumber(Long.parseLong(number));
        return LIBRARY.getNumberType(parsed);
    }
}
