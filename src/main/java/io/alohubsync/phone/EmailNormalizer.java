package io.alohubsync.phone;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From what a source wrote to one deliverable-looking address, or to none. */
public final class EmailNormalizer {

    private static final int MAX_LENGTH = 254; // RFC 5321, 4.5.3.1.3, less the angle brackets
    private static final int MAX_LOCAL_LENGTH = 64; // RFC 5321, 4.5.3.1.1
    private static final Pattern SCHEME = Pattern.compile("^mailto:\\s*", Pattern.CASE_INSENSITIVE);
    /** A full stop, or what a mailto link adds. */
    private static final Pattern BEHIND = Pattern.compile("(?:\\?.*|\\.+)$");

    private static final Pattern BETWEEN = Pattern.compile("[;,|/]");
    /** {@code Bằng <bang@gmail.com>} is how mail programs copy an address. */
    private static final Pattern BRACKETED = Pattern.compile(".*<([^<>]+)>");

    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)++[a-z][a-z0-9-]{0,61}[a-z0-9]");

    /** @param written as the source wrote it; null is allowed */
    public Normalized<String> normalize(@Nullable String written) {
        if (written == null) {
            return Normalized.nothing();
        }
        String text = Text.withoutLeadingApostrophe(Text.cleaned(written));
        if (text.isEmpty()) {
            return Normalized.nothing();
        }
        List<String> addresses = isOneBareAddress(text) ? List.of(text) : addressesIn(text);
        for (String address : addresses) {
            String email = canonical(address);
            if (email != null) {
                return addresses.size() > 1
                        ? new Normalized<>(email, Set.of(Reason.EMAIL_FIRST_VALID))
                        : Normalized.of(email);
            }
        }
        return Normalized.nothing(Reason.EMAIL_DROPPED);
    }

    /** Nearly all are: nothing in them separates, brackets or ends anything. */
    private static boolean isOneBareAddress(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean plain = isAsciiLetterOrDigit(character) || "@._-+".indexOf(character) >= 0;
            if (!plain) {
                return false;
            }
        }
        return text.indexOf('@') >= 0 && !text.endsWith(".");
    }

    private static boolean isAsciiLetterOrDigit(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 128);
    }

    /** What may be an address; a piece with a stray word stays whole, since {@code bang do@x.vn} is not {@code do@x.vn}. */
    private static List<String> addressesIn(String text) {
        List<String> addresses = new ArrayList<>();
        for (String piece : BETWEEN.split(text)) {
            String bare = BEHIND.matcher(SCHEME.matcher(piece.strip()).replaceFirst(""))
                    .replaceFirst("");
            Matcher bracketed = BRACKETED.matcher(bare);
            if (bracketed.matches()) {
                addresses.add(SCHEME.matcher(bracketed.group(1)).replaceFirst(""));
                continue;
            }
            List<String> words = List.of(bare.split(" +"));
            if (words.stream().allMatch(word -> word.indexOf('@') >= 0)) {
                addresses.addAll(words);
            } else if (bare.indexOf('@') >= 0) {
                addresses.add(bare);
            }
        }
        return addresses;
    }

    private static @Nullable String canonical(String address) {
        int at = address.indexOf('@');
        String local = address.substring(0, Math.max(0, at));
        if (at < 0
                || at != address.lastIndexOf('@')
                || local.length() > MAX_LOCAL_LENGTH
                || !LOCAL.matcher(local).matches()) {
            return null;
        }
        String domain = asciiDomain(address.substring(at + 1));
        if (domain == null || local.length() + 1 + domain.length() > MAX_LENGTH) {
            return null;
        }
        return local + "@" + domain;
    }

    private static @Nullable String asciiDomain(String domain) {
        try {
            if (domain.length() > MAX_LENGTH) {
                return null;
            }
            String ascii = (isAscii(domain) ? domain : IDN.toASCII(domain)).toLowerCase(Locale.ROOT);
            return ascii.length() <= MAX_LENGTH && DOMAIN.matcher(ascii).matches() ? ascii : null;
        } catch (IllegalArgumentException notADomain) {
            return null;
        }
    }
}
