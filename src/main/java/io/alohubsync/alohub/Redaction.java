package io.alohubsync.alohub;

import io.alohubsync.account.ApiKey;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes from Alohub's words what may not be stored or shown: the key, the customer's data, and
 * everything that looks like a phone or e-mail; without NUL and lone surrogates, which PostgreSQL
 * refuses; at most 2 KiB.
 */
final class Redaction {

    static final int MAX_BYTES = 2048;
    private static final int MAX_READ = 4 * MAX_BYTES;

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"'(),;:]{1,64}@[^\\s@<>\"'(),;:]{1,255}");
    private static final Pattern PHONE = Pattern.compile("\\+?\\d(?:[ .-]?\\d){7,14}");
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00-\\x1F\\x7F]+|\\p{Cs}");

    private Redaction() {}

    static String of(String words, ApiKey key, Lead lead) {
        String text = UNSTORABLE
                .matcher(Normalizer.normalize(beginning(words), Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
        text = text.replace(key.value(), "[key]");
        text = without(text, lead.email(), "[email]");
        text = without(text, lead.name(), "[name]");
        text = EMAIL.matcher(text).replaceAll("[email]");
        text = PHONE.matcher(text).replaceAll(found -> "***" + lastThree(found.group()));
        return cut(text);
    }

    /**
     * Cut to more than is kept, so that long answers cost little. A word at the cut is left out:
     * the search would not find half a key.
     */
    private static String beginning(String words) {
        if (words.length() <= MAX_READ) {
            return words;
        }
        String start = words.substring(0, MAX_READ);
        int lastWord = start.lastIndexOf(' ');
        return lastWord > 0 ? start.substring(0, lastWord) : start;
    }

    private static String without(String text, @Nullable String secret, String instead) {
        if (secret == null || secret.isBlank()) {
            return text;
        }
        // As a word of its own: a customer named An must not turn every "can" of an error into
        // "c[name]".
        String word = "(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])";
        return Pattern.compile(word, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(instead));
    }

    private static String lastThree(String phone) {
        return phone.replaceAll("\\D", "").replaceFirst(".*(\\d{3})$", "$1");
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
