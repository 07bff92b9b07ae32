package io.alohubsync.alohub;

import io.alohubsync.account.ApiKey;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes from Alohub's words what may not be stored or shown, however it is spelled or encoded: the
 * key, the customer's data, and everything that looks like a phone or e-mail; without NUL and lone
 * surrogates, which PostgreSQL refuses; at most 2 KiB.
 */
final class Redaction {

    static final int MAX_BYTES = 2048;
    private static final int MAX_READ = 2 * MAX_BYTES;
    private static final int LONGEST_WORD = 64;
    /** Letters and digits of a key that tell it. */
    private static final int PART_OF_KEY = 12;

    private static final int LEAST_KEY_IN_ANY_CASE = 8;
    private static final int LEAST_LOCAL_PART = 4;
    private static final int LEAST_DIGITS = 8;

    private static final String PART_OF_EMAIL = "[^\\s@<>\"'(),;:«»“”„|\\\\\\[\\]]";

    static final Pattern EMAIL = Pattern.compile(
            PART_OF_EMAIL + "{1,64}+(?:@| ?@ ?(?=[^\\s@]{1,64}\\.))" + PART_OF_EMAIL + "{1,255}"
                    + "|[\\p{L}\\p{N}._%+-]{1,64}+ ?[\\[(]at[\\])] ?[\\p{L}\\p{N}.-]{1,255}",
            Pattern.CASE_INSENSITIVE);
    static final Pattern PHONE = Pattern.compile("\\+?\\d(?:[ .()-]{0,3}+\\d){7,}+"
            // a Vietnamese number, whatever signs are between its digits
            + "|(?<!\\d)[+(]{0,3}+(?:0|84)(?:[^\\p{L}\\p{N}]{0,4}+\\d){9,11}+(?!\\d)");
    /** A date with or without a time is no phone. */
    static final Pattern DATE = Pattern.compile("(?<!\\d)(?:(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
            + "|(?:0[1-9]|[12]\\d|3[01])/(?:0[1-9]|1[0-2])/(?:19|20)\\d\\d)"
            + "(?:[ T]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?)?+(?![ .-]?\\d)");

    static final Pattern ANY_KEY = Pattern.compile("sk_(?:live|test)_[A-Za-z0-9_]{6,}+");
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00-\\x1F\\x7F]+|\\p{Cs}");

    private Redaction() {}

    static String of(String words, ApiKey key, Lead lead) {
        String written = UNSTORABLE
                .matcher(Normalizer.normalize(beginning(words), Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
        Legible legible = Legible.of(written);
        String plain = NameWords.plain(legible.text());
        Marks marks = new Marks(plain.length());
        markKey(legible.text(), plain, key.value(), marks);
        markEmail(legible.text(), plain, lead, marks);
        if (lead.name() != null && !lead.name().isBlank()) {
            new NameWords(lead.name()).mark(legible.text(), plain, marks);
        }
        markPhones(plain, lead.phone(), marks);
        return cut(marks.without(written, legible));
    }

    /**
     * Cut to more than is kept, so that long answers cost little. A word at the cut is left out:
     * the search would not find half a key. Of text without spaces and signs nothing is.
     */
    private static String beginning(String words) {
        if (words.length() <= MAX_READ) {
            return words;
        }
        int end = MAX_READ;
        while (end > MAX_READ - LONGEST_WORD && Character.isLetterOrDigit(words.charAt(end - 1))) {
            end--;
        }
        return words.substring(0, end > MAX_READ - LONGEST_WORD ? end : MAX_READ);
    }

    /** In any case, in base64, in parts, and with signs and spaces in it. */
    private static void markKey(String text, String plain, String key, Marks marks) {
        boolean telling = key.length() >= LEAST_KEY_IN_ANY_CASE;
        markAll(
                Pattern.compile(Pattern.quote(telling ? NameWords.plain(key) : key)),
                telling ? plain : text,
                marks,
                Marks.KEY);
        markParts(plain, key, marks);
        Matcher other = ANY_KEY.matcher(text);
        while (other.find()) {
            if (!marks.has(other.start())) {
                marks.add(other.start(), other.end(), Marks.KEY);
            }
        }
    }

    private static void markParts(String plain, String key, Marks marks) {
        String base64 = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        Set<String> parts = new HashSet<>();
        BitSet beginnings = new BitSet();
        for (String one : List.of(key, base64)) {
            String letters = lettersOf(NameWords.plain(one), null);
            for (int i = 0; i + PART_OF_KEY <= letters.length(); i++) {
                parts.add(letters.substring(i, i + PART_OF_KEY));
                beginnings.set(beginning(letters, i));
            }
        }
        int[] places = new int[plain.length()];
        String said = lettersOf(plain, places);
        for (int i = 0; i + PART_OF_KEY <= said.length(); i++) {
            if (beginnings.get(beginning(said, i)) && parts.contains(said.substring(i, i + PART_OF_KEY))) {
                marks.add(places[i], places[i + PART_OF_KEY - 1] + 1, Marks.KEY);
            }
        }
    }

    /** Of three letters: nearly no other text begins like a part of the key. */
    private static int beginning(String letters, int at) {
        return ((letters.charAt(at) * 31 + letters.charAt(at + 1)) * 31 + letters.charAt(at + 2)) & 0xFFFF;
    }

    private static String lettersOf(String text, int @Nullable [] places) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetterOrDigit(text.charAt(i))) {
                if (places != null) {
                    places[letters.length()] = i;
                }
                letters.append(text.charAt(i));
            }
        }
        return letters.toString();
    }

    private static void markEmail(String text, String plain, Lead lead, Marks marks) {
        if (text.indexOf('@') >= 0 || plain.contains("at]") || plain.contains("at)")) {
            markAll(EMAIL, text, marks, Marks.EMAIL);
        }
        String email = lead.email();
        String local = email == null ? "" : NameWords.plain(email.substring(0, Math.max(0, email.indexOf('@'))));
        if (local.length() >= LEAST_LOCAL_PART && !NameWords.isCommon(local)) {
            Pattern word = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(local) + "(?![\\p{L}\\p{N}])");
            markAll(word, plain, marks, Marks.PART_OF_EMAIL);
        }
    }

    private static void markPhones(String plain, String phone, Marks marks) {
        if (plain.chars().filter(Character::isDigit).count() < LEAST_DIGITS) {
            return;
        }
        markAll(ofCustomer(phone), plain, marks, Marks.PHONE);
        StringBuilder withoutDates = new StringBuilder(plain);
        Matcher date = DATE.matcher(plain);
        while (date.find()) {
            withoutDates.replace(date.start(), date.end(), "x".repeat(date.end() - date.start()));
        }
        markAll(PHONE, withoutDates.toString(), marks, Marks.PHONE);
    }

    /** The customer's own phone, whatever signs are between its digits. */
    private static Pattern ofCustomer(String phone) {
        String digits = phone.replaceAll("\\D", "").replaceFirst("^(?:84|0)", "");
        String between = "[^\\p{L}\\p{N}]{0,4}+";
        return Pattern.compile("(?:\\+?(?:00" + between + ")?84" + between + ")?(?:\\(?0\\)?" + between + ")?"
                + String.join(between, digits.split("")));
    }

    private static void markAll(Pattern secret, String text, Marks marks, byte kind) {
        Matcher found = secret.matcher(text);
        while (found.find()) {
            marks.add(found.start(), found.end(), kind);
        }
    }

    private static String cut(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int character : text.codePoints().toArray()) {
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES - 3) { // room for the ellipsis
                break;
            }
            kept.appendCodePoint(character);
        }
        return kept.append('…').toString();
    }
}
