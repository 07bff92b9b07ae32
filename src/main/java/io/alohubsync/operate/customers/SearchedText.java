package io.alohubsync.operate.customers;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.SearchText;
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
    By looksLike(String typed) {
        if (typed.indexOf('@') >= 0) {
            return By.EMAIL;
        }
        String phone = SearchText.phone(typed);
        boolean digits = hasDigits(phone) && phone.chars().allMatch(c -> isDigit(c) || "+ .-()/".indexOf(c) >= 0);
        return digits || phones.normalize(typed).value() != null ? By.PHONE : By.NAME;
    }

    /** @return null: it can be none's. An empty beginning would be everybody's */
    @Nullable
    String key(String typed, By by) {
        String key = switch (by) {
            case PHONE -> phone(typed);
            case NAME -> SearchText.name(typed);
            case EMAIL -> SearchText.email(typed);
            case REFERENCE -> typed; // as the source wrote it
        };
        return key == null || key.isEmpty() ? null : key;
    }

    /** The whole phone in any spelling, or the beginning of one. */
    private @Nullable String phone(String typed) {
        Phone whole = phones.normalize(typed).value();
        if (whole != null) {
            return whole.e164();
        }
        String digits = SearchText.phone(typed).replaceAll("[^0-9+]", "");
        return hasDigits(digits)
                ? "+84"
                        + digits.replaceFirst("^(\\+84|0084|84(?=[0-9]{9})|0)0?", "")
                                .replaceAll("[^0-9]", "")
                : null;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean hasDigits(String text) {
        return text.chars().anyMatch(SearchedText::isDigit);
    }
}
