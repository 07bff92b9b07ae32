package io.alohubsync.contact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed or pasted to search by, cleaned as the merge cleans what sources write.
 * Nothing is judged: it may be the beginning of a value.
 */
public final class SearchText {

    private static final EmailNormalizer EMAILS = new EmailNormalizer(List.of());

    private SearchText() {}

    /** Digits of any script as 0-9, and all dashes as one. */
    public static String phone(String typed) {
        return PhoneText.of(typed).text();
    }

    public static String name(String typed) {
        return NameNormalizer.withPlainLetters(Text.cleaned(typed));
    }

    /** @return null: no address begins so */
    public static @Nullable String email(String typed) {
        String whole = EMAILS.normalize(typed).value();
        if (whole != null) {
            return whole;
        }
        String text = Text.cleaned(typed);
        int at = text.lastIndexOf('@');
        String domain = at < 0 ? "" : EmailAddress.beginningInAscii(text.substring(at + 1));
        return domain == null ? null : at < 0 ? text : text.substring(0, at + 1) + domain;
    }
}
