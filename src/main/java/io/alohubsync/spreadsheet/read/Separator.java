package io.alohubsync.spreadsheet.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which character separates the cells of a text: the one that each line has equally often. */
final class Separator {

    static final char USUAL = ',';

    private static final char[] KNOWN = {',', ';', '\t', '|'};
    private static final int MOST_LINES = 100;

    private Separator() {}

    /** @param beginning of the text; its last line may be cut */
    static char of(String beginning) {
        char best = USUAL;
        double bestScore = 0;
        for (char separator : KNOWN) {
            double score = score(counts(beginning, separator));
            if (score > bestScore) {
                best = separator;
                bestScore = score;
            }
        }
        return best;
    }

    /**
     * Share of lines that have the most frequent number of separators; more cells decide between
     * equals.
     */
    private static double score(List<Integer> counts) {
        Map<Integer, Integer> lines = new HashMap<>();
        counts.stream().filter(count -> count > 0).forEach(count -> lines.merge(count, 1, Integer::sum));
        return lines.entrySet().stream()
                .mapToDouble(entry -> (double) entry.getValue() / counts.size() + Math.min(entry.getKey(), 50) / 1000.0)
                .max()
                .orElse(0);
    }

    private static List<Integer> counts(String text, char separator) {
        List<Integer> counts = new ArrayList<>();
        int count = 0;
        boolean quoted = false;
        boolean blank = true;
        for (int i = 0; i < text.length() && counts.size() < MOST_LINES; i++) {
            char character = text.charAt(i);
            if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && (character == '\n' || character == '\r')) {
                if (!blank) {
                    counts.add(count);
                }
                count = 0;
                blank = true;
                continue;
            } else if (!quoted && character == separator) {
                count++;
            }
            blank &= character <= ' ' && character != '\t';
        }
        if (counts.isEmpty()) {
            counts.add(count);
        }
        return counts;
    }
}
