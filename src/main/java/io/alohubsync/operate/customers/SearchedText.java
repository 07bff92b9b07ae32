package io.alohubsync.operate.customers;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.operate.customers.CustomerQuery.By;
import org.jspecify.annotations.Nullable;

/** Reads what a person typed to search by. */
final class SearchedText {

    private final PhoneNormalizer phones;

    SearchedText(PhoneNormalizer phones) {
        this.phones = phones;
    }

    /**
     * An @ makes an e-mail, what a source could write for a phone and digits with what separates
     * them a phone; anything else is a name.
     */
    By looksLike(String text) {
        if (text.indexOf('@') >= 0) {
            return By.EMAIL;
        }
        boolean digits = hasDigits(text)
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+ .-()/\u00a0".indexOf(c) >= 0);
        return digits || phones.normalize(text).value() != null ? By.PHONE : By.NAME;
    }

    /** @return null: it can be none's. An empty beginning would be everybody's */
    @Nullable String key(String text, By by) {
        return by == By.PHONE ? phone(text) : text;
    }

    /** The whole phone in any spelling, or the beginning of one. */
    private @Nullable String phone(String text) {
        Phone whole = phones.normalize(text).value();
        if (whole != null) {
            return whole.e164();
        }
        String digits = text.replaceAll("[^0-9+]", "").replaceFirst("^(\\+84|0084|84(?=[0-9]{9})|0)0?", "");
        return hasDigits(text) ? "+84" + digits.replaceAll("[^0-9]", "") : null;
    }

    private static boolean hasDigits(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
