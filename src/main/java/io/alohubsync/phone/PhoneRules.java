package io.alohubsync.phone;

import java.util.List;
import java.util.Set;

/**
 * What an account decides about phones.
 *
 * @param firstMobileOfSeveral of several phones in one field take the first mobile; else the row is rejected
 * @param landlines            landlines are sent; else rejected
 * @param convertOldPrefixes   eleven-digit mobiles from before 2018 are converted
 * @param acceptPrefixes       national prefixes ("055") of mobiles that exist although the numbering plan does not say so
 * @param denyPrefixes         national prefixes that are rejected although the numbering plan accepts them
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

    /** The defaults of the settings reference. */
    public static PhoneRules standard() {
        return new PhoneRules(
                true,
                true,
                true,
                List.of("052", "055", "065", "089"),
                List.of(),
                Set.of("0900000000", "0123456789", "0000000000", "0999999999"));
    }
}
