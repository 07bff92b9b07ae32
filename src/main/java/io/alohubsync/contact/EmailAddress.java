package io.alohubsync.contact;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one form of an address: in lower case, its domain in ASCII. */
final class EmailAddress {

    private static final int MAX_LENGTH = 254; // RFC 5321, 4.5.3.1.3, less the angle brackets
    private static final int MAX_LOCAL_LENGTH = 64; // RFC 5321, 4.5.3.1.1
    private static final Pattern LABEL_ENDS = Pattern.compile("[.\\u3002\\uFF0E\\uFF61]");

    /** Not the asterisk, which masks an address; no provider gives one out. */
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'+/=?^_`{}~-]+(\\.[A-Za-z0-9!#$%&'+/=?^_`{}~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)++[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private EmailAddress() {}

    /** @return null: it is no address */
    static @Nullable String canonical(String address) {
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
        return local.toLowerCase(Locale.ROOT) + "@" + domain;
    }

    private static String inAscii(String domain) {
        if (!Punycode.isNeeded(domain)) {
            return IDN.toASCII(domain);
        }
        List<String> labels = new ArrayList<>();
        for (String label : LABEL_ENDS.split(domain, -1)) {
            labels.add(Punycode.isNeeded(label) ? Punycode.ascii(label) : IDN.toASCII(label));
        }
        return String.join(".", labels);
    }

    /** Of a domain that may be cut anywhere. @return null: none begins so */
    static @Nullable String beginningInAscii(String domain) {
        try {
            return isAscii(domain) ? domain : inAscii(domain);
        } catch (IllegalArgumentException notADomain) {
            return null;
        }
    }

    private static @Nullable String asciiDomain(String domain) {
        try {
            if (domain.length() > MAX_LENGTH) {
                return null;
            }
            String ascii = (isAscii(domain) ? domain : inAscii(domain)).toLowerCase(Locale.ROOT);
            return ascii.length() <= MAX_LENGTH && DOMAIN.matcher(ascii).matches() ? ascii : null;
        } catch (IllegalArgumentException notADomain) {
            return null;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 128);
    }
}
