package io.alohubsync.cli.shell;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A phone as a person types it, as the customer's key. */
public final class PhoneKey {

    private static final Pattern SEPARATORS = Pattern.compile("[\\s.()/\u00a0-]");

    /**
     * The plain forms, read without the numbering plan: loading it takes half of a command's time.
     */
    private static final Pattern MOBILE = Pattern.compile("(?:(?:\\+84|0084|84)0?|0)?([35789][0-9]{8})");

    private PhoneKey() {}

    /** @return E.164; empty: no phone */
    public static Optional<String> of(String typed) {
        Matcher mobile = MOBILE.matcher(SEPARATORS.matcher(typed).replaceAll(""));
        return mobile.matches()
                ? Optional.of("+84" + mobile.group(1))
                : Optional.ofNullable(new PhoneNormalizer(PhoneRules.standard())
                                .normalize(typed)
                                .value())
                        .map(Phone::e164);
    }
}
