package io.alohubsync.cli.shell;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import java.util.List;
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

    private static final int FEWEST_DIGITS = 9;

    private PhoneKey() {}

    /** @param settings asked where the usual rules find none. @return E.164; empty: no phone */
    public static Optional<String> of(String typed, Settings settings) {
        Matcher mobile = MOBILE.matcher(SEPARATORS.matcher(typed).replaceAll(""));
        if (mobile.matches()) {
            return Optional.of("+84" + mobile.group(1));
        }
        Optional<String> usual = read(typed, PhoneRules.standard());
        return usual.isPresent() || typed.chars().filter(Character::isDigit).count() < FEWEST_DIGITS
                ? usual
                : read(typed, PhoneRules.standard().accepting(accepted(settings)));
    }

    private static Optional<String> read(String typed, PhoneRules rules) {
        return Optional.ofNullable(new PhoneNormalizer(rules).normalize(typed).value())
                .map(Phone::e164);
    }

    /** Of the settings no more: a customer may be there whom today's rules would reject. */
    private static List<String> accepted(Settings settings) {
        try {
            return PhoneRules.of(settings.alohub().phone()).acceptPrefixes();
        } catch (RuntimeException unsound) { // doctor names what is wrong
            return List.of();
        }
    }
}
