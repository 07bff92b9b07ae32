package io.alohubsync.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever a source writes as a name, or Alohub as an answer, no pattern that looks through it takes
 * the square of its length. (Phones are 200 characters at most, and the patterns of e-mails match whole texts.)
 */
class PatternsTest {

    private static final Set<String> LOOK_THROUGH =
            Set.of("Damage", "Encodings", "Entities", "Text", "Legible", "Redaction", "OwnWords");

    private static final List<String> PIECES = List.of(
            "?",
            "*",
            ".",
            " ",
            "a",
            "b",
            "ă",
            "1",
            "0",
            "@",
            "-",
            "/",
            "(",
            ")",
            "_",
            "#",
            "+",
            ",",
            ";",
            "&",
            "<",
            ">",
            "'",
            "\"",
            "\u00a0",
            "\u0301",
            "\n",
            "\uFFFD",
            "…",
            "? ",
            "a?",
            "?a",
            "b.",
            "1 ",
            "1-",
            "a@",
            ".a",
            "84",
            "a b ",
            "&#",
            "%",
            "%4",
            "\\",
            "\\u",
            "\u00c3",
            "\u00e1\u00ba",
            "[at]",
            "sk_live_",
            "HTTP 4",
            ": ");

    /** Counts how often a matcher looks at it. */
    private static final class Watched implements CharSequence {
        private final String text;
        private long looks;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }

    private static Map<String, Pattern> patterns() {
        Map<String, Pattern> found = new LinkedHashMap<>();
        new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.alohubsync.contact", "io.alohubsync.alohub")
                        .stream()
                        .filter(one -> LOOK_THROUGH.contains(one.getSimpleName()))
                        .forEach(one -> {
                            for (Field field : one.reflect().getDeclaredFields()) {
                                if (field.getType() == Pattern.class && Modifier.isStatic(field.getModifiers())) {
                                    found.put(
                                            field.getDeclaringClass().getSimpleName() + "." + field.getName(),
                                            value(field));
                                }
                            }
                        });
        return found;
    }

    private static Pattern value(Field field) {
        try {
            field.setAccessible(true);
            return (Pattern) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long looks(Pattern pattern, String text) {
        Watched watched = new Watched(text);
        var matcher = pattern.matcher(watched);
        while (matcher.find()) {}
        return watched.looks;
    }

    @Test
    void eight_times_the_text_costs_about_eight_times() {
        Map<String, Pattern> patterns = patterns();
        assertTrue(patterns.size() > 5, patterns.keySet().toString());
        TreeSet<String> slow = new TreeSet<>();
        patterns.forEach((name, pattern) -> PIECES.forEach(piece -> {
            long few = looks(pattern, piece.repeat(250));
            long many = looks(pattern, piece.repeat(2_000));
            if (many > 24 * Math.max(few, 1_000)) {
                slow.add(name + " of "
                        + piece.codePoints().mapToObj(Integer::toHexString).toList() + ": " + few + ", " + many);
            }
        }));
        assertEquals(new TreeSet<>(), slow);
    }
}
