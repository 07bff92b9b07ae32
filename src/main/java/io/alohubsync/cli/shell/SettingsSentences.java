package io.alohubsync.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences of the daemon's start, which are in English, in the language of the commands. */
public final class SettingsSentences {

    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

    private SettingsSentences() {}

    /** @param english values stand for {@code {0}} and so on */
    public record Pair(String english, String vietnamese) {

        private Pattern pattern() {
            StringBuilder pattern = new StringBuilder();
            int end = 0;
            for (Matcher place = PLACE.matcher(english); place.find(); end = place.end()) {
                pattern.append(Pattern.quote(english.substring(end, place.start())))
                        .append("(.+?)");
            }
            return Pattern.compile(pattern + Pattern.quote(english.substring(end)));
        }
    }

    /** @return the sentence itself, where it is none of these or the language is English */
    public static String in(Words words, String sentence) {
        if (!words.isVietnamese()) {
            return sentence;
        }
        List<String> lines = new ArrayList<>();
        for (String line : sentence.lines().toList()) {
            lines.add(vietnamese(line));
        }
        return String.join("\n", lines);
    }

    private static String vietnamese(String sentence) {
        for (Pair pair : pairs()) {
            Matcher values = pair.pattern().matcher(sentence);
            if (values.matches()) {
                return PLACE.matcher(pair.vietnamese())
                        .replaceAll(
                                place -> Matcher.quoteReplacement(values.group(Integer.parseInt(place.group(1)) + 1)));
            }
        }
        return sentence;
    }

    public static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        try (InputStream file = SettingsSentences.class.getResourceAsStream("/cli/settings_vi.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\n")) {
                List<String> lines = block.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .toList();
                if (!lines.isEmpty()) {
                    pairs.add(new Pair(lines.get(0), lines.get(1)));
                }
            }
            return pairs;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
