package io.alohubsync.contact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one address that looks deliverable from what a source wrote, or none. */
public final class EmailNormalizer {

    private static final Pattern SCHEME = Pattern.compile("^mailto:\\s*", Pattern.CASE_INSENSITIVE);
    /** What a mailto link adds. */
    private static final Pattern PARAMETERS = Pattern.compile("\\?[^@]*$");

    private static final String OPENING = "'\"‘“`";
    private static final String CLOSING = "'\"’”`";
    private static final Pattern FULL_STOPS = Pattern.compile("\\.+$");
    private static final Pattern BETWEEN = Pattern.compile("[;,|/]");
    /** {@code Bằng <bang@gmail.com>} is how mail programs copy an address. */
    private static final Pattern BRACKETED = Pattern.compile("([^<>]*)<([^<>]+)>");

    /** A control character or one of private use inside: a letter was lost. */
    private static final Pattern LOST_LETTER =
            Pattern.compile("[^\\s\\p{Cc}\\p{Co}][\\p{Cc}\\p{Co}&&[^\\s\\x85]]++[^\\s\\p{Cc}\\p{Co}]");

    private final EmailPlaceholders placeholders;

    /** @param placeholders addresses in place of a customer's own, perhaps with a {@code *} */
    public EmailNormalizer(Collection<String> placeholders) {
        this.placeholders = new EmailPlaceholders(placeholders);
    }

    /** @param written as the source wrote it; null is allowed */
    public Normalized<String> normalize(@Nullable String written) {
        if (written == null) {
            return Normalized.nothing();
        }
        String decoded = Entities.decoded(written);
        String cleaned = Text.cleaned(decoded);
        if (!cleaned.equals(decoded) && LOST_LETTER.matcher(decoded).find()) {
            return Normalized.nothing(Reason.EMAIL_DROPPED);
        }
        String text = Text.withoutLeadingApostrophe(cleaned);
        if (text.isEmpty()) {
            return Normalized.nothing();
        }
        boolean quoted = CLOSING.indexOf(text.charAt(text.length() - 1)) >= 0; // the first quote is one of a pair
        List<String> emails = allIn(quoted ? cleaned : text);
        if (emails.isEmpty() && text.length() < cleaned.length()) {
            emails = allIn(cleaned);
        }
        if (emails.isEmpty()) {
            return Normalized.nothing(Reason.EMAIL_DROPPED);
        }
        String email = ofCustomer(emails);
        if (email == null) {
            return Normalized.nothing(Reason.EMAIL_PLACEHOLDER);
        }
        EnumSet<Reason> repairs = EnumSet.noneOf(Reason.class);
        if (!decoded.equals(written)) {
            repairs.add(Reason.EMAIL_ENTITIES);
        }
        if (emails.size() > 1) {
            repairs.add(Reason.EMAIL_FIRST_VALID);
        }
        return Normalized.of(email, repairs);
    }

    private static List<String> allIn(String text) {
        return isOneBareAddress(text)
                ? listOf(EmailAddress.canonical(text))
                : emailsIn(withAsciiForms(text)).stream().distinct().toList();
    }

    private @Nullable String ofCustomer(List<String> emails) {
        for (String email : emails) {
            if (!placeholders.contain(email)) {
                return email;
            }
        }
        return null;
    }

    /** Nearly all are: no separator, no bracket, no sign at the end. */
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

    /** Full-width signs and letters, of a Chinese or Japanese keyboard. */
    private static String withAsciiForms(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            plain.append(character >= 0xFF0B && character <= 0xFF5E ? (char) (character - 0xFEE0) : character);
        }
        return plain.toString();
    }

    /**
     * The addresses of the field; none unless each of its parts is an address. A separator may also
     * be a typing error inside one address: {@code bang,do@gmail.com} is not {@code do@gmail.com}.
     */
    private static List<String> emailsIn(String text) {
        List<String> whole = addressesIn(text);
        if (whole.size() == 1) {
            return whole;
        }
        List<String> emails = new ArrayList<>();
        for (String part : partsOf(text)) {
            if (!part.isBlank()) {
                List<String> addresses = addressesIn(part.strip());
                if (addresses.isEmpty()) {
                    return List.of();
                }
                emails.addAll(addresses);
            }
        }
        return emails;
    }

    /** {@code "Do, Bang" <bang@gmail.com>}: a separator in quotes separates nothing. */
    private static List<String> partsOf(String text) {
        if (text.chars().filter(character -> character == '"').count() % 2 != 0) {
            return List.of(BETWEEN.split(text));
        }
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            quoted ^= character == '"';
            if (!quoted && ";,|/".indexOf(character) >= 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /**
     * @param part one address, one behind a name, or some with spaces between; else the answer is
     *             empty
     */
    private static List<String> addressesIn(String part) {
        Matcher bracketed = BRACKETED.matcher(part);
        if (bracketed.matches()) {
            return named(unquoted(bracketed.group(1).strip()), EmailAddress.canonical(bare(bracketed.group(2))));
        }
        List<String> emails = new ArrayList<>();
        for (String word : SCHEME.matcher(part).replaceFirst("mailto:").split(" +")) {
            String email = EmailAddress.canonical(bare(word));
            if (email == null) {
                return List.of();
            }
            emails.add(email);
        }
        return emails;
    }

    /** None if the name is another address: which of the two is meant is unknown. */
    private static List<String> named(String name, @Nullable String email) {
        boolean open = name.indexOf('@') >= 0 && !name.equalsIgnoreCase(email);
        return open ? List.of() : listOf(email);
    }

    private static List<String> listOf(@Nullable String email) {
        return email == null ? List.of() : List.of(email);
    }

    private static String bare(String address) {
        String text = unquoted(address.strip());
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.find()) {
            text = PARAMETERS.matcher(text.substring(scheme.end())).replaceFirst("");
            int bar = text.indexOf('|'); // what a chat shows for the link
            if (bar >= 0 && text.substring(0, bar).equalsIgnoreCase(text.substring(bar + 1))) {
                text = text.substring(0, bar);
            }
        }
        return FULL_STOPS.matcher(text).replaceFirst("");
    }

    /** Without one pair of quotes around the whole, which a spreadsheet may put behind {@code =}. */
    private static String unquoted(String address) {
        String text = address.startsWith("=\"") ? address.substring(1) : address;
        int last = text.length() - 1;
        int quote = last < 1 ? -1 : OPENING.indexOf(text.charAt(0));
        boolean pair = quote >= 0
                && text.charAt(last) == CLOSING.charAt(quote)
                && text.indexOf(CLOSING.charAt(quote), 1) == last;
        return pair ? text.substring(1, last) : address;
    }
}
