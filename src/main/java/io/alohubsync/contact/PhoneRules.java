package io.alohubsync.contact;

import io.alohubsync.config.PhoneSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an account decides about phones.
 *
 * @param firstMobileOfSeveral of several phones in one field take the first mobile; else the row is
 *         rejected
 * @param landlines            landlines are sent; else rejected
 * @param convertOldPrefixes   eleven-digit mobiles from before 2018 are converted
 * @param acceptPrefixes       national prefixes ("055") of mobiles that exist although the
 *         numbering plan does not say so
 * @param denyPrefixes         national prefixes that are rejected although the numbering plan
 *         accepts them
 * @param placeholders         national numbers ("0900000000") that people type instead of a phone
 */
public record PhoneRules(
        boolean firstMobileOfSeveral,
        boolean landlines,
        boolean convertOldPrefixes,
        List<String> acceptPrefixes,
        List<String> denyPrefixes,
        Set<String> placeholders) {

    public PhoneRules {
        acceptPrefixes = List.copyOf(acceptPrefixes);
        denyPrefixes = List.copyOf(denyPrefixes);
        placeholders = Set.copyOf(placeholders);
    }

    /**
     * Reasons for a rejection that other rules may not find: all of a field with digits. A field with
     * text or several numbers has the reason of its text or of the first number.
     */
    public static final List<Reason> DECIDED_BY_RULES = List.of(
            Reason.PHONE_INVALID,
            Reason.PHONE_SEVERAL,
            Reason.PHONE_LANDLINE,
            Reason.PHONE_DENIED_PREFIX,
            Reason.PHONE_PLACEHOLDER,
            Reason.PHONE_LETTERS,
            Reason.PHONE_CHARACTERS,
            Reason.PHONE_FOREIGN,
            Reason.PHONE_SERVICE_NUMBER,
            Reason.PHONE_OTHER_NUMBER,
            Reason.PHONE_NUMBER_FORMAT);

    /** Equal rules have equal texts, in every process. */
    public String asText() {
        return "several=" + firstMobileOfSeveral + " landlines=" + landlines + " old=" + convertOldPrefixes + " accept="
                + new TreeSet<>(acceptPrefixes) + " deny=" + new TreeSet<>(denyPrefixes) + " placeholders="
                + new TreeSet<>(placeholders);
    }

    public static PhoneRules of(PhoneSettings phone) {
        return new PhoneRules(
                phone.several() == PhoneSettings.Several.FIRST_MOBILE,
                phone.landlines() == PhoneSettings.Landlines.ACCEPT,
                phone.convertOldPrefixes(),
                phone.acceptPrefixes().stream().map(String::strip).toList(),
                phone.denyPrefixes().orElse(List.of()).stream()
                        .map(String::strip)
                        .toList(),
                new HashSet<>(phone.placeholders().stream().map(String::strip).toList()));
    }

    /** These, and further prefixes that are accepted. */
    public PhoneRules accepting(List<String> more) {
        List<String> all = new ArrayList<>(acceptPrefixes);
        all.addAll(more);
        return new PhoneRules(firstMobileOfSeveral, landlines, convertOldPrefixes, all, denyPrefixes, placeholders);
    }

    /** The defaults of the settings reference. */
    public static PhoneRules standard() {
        return new PhoneRules(
                true,
                true,
                true,
                List.of("052", "055", "065", "089"),
                List.of(),
                Set.of("0900000000", "0123456789", "01234567890", "0000000000", "0999999999"));
    }
}
