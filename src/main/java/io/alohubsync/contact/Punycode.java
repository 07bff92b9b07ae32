package io.alohubsync.contact;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The ASCII form of a label of a domain as IDNA 2008 has it. {@code java.net.IDN} knows IDNA 2003
 * alone, which makes another domain of one with ß or a final sigma.
 */
final class Punycode {

    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST = 0x80;
    private static final int LONGEST = 59; // 63 with the prefix

    private Punycode() {}

    /** It has a letter that IDNA 2003 replaces by others. */
    static boolean isNeeded(String domain) {
        return domain.indexOf('ß') >= 0 || domain.indexOf('ẞ') >= 0 || domain.indexOf('ς') >= 0;
    }

    /** @throws IllegalArgumentException it is no label */
    static String ascii(String label) {
        String plain = Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        int[] characters = plain.codePoints().toArray();
        if (characters.length > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        StringBuilder ascii = new StringBuilder("xn--");
        for (int one : characters) {
            if (!Character.isLetterOrDigit(one) && one != '-' && Character.getType(one) != Character.NON_SPACING_MARK) {
                throw new IllegalArgumentException("no label has this character");
            }
            if (one < FIRST) {
                ascii.append((char) one);
            }
        }
        int basic = ascii.length() - 4;
        if (basic > 0) {
            ascii.append('-');
        }
        encode(characters, basic, ascii);
        return ascii.toString();
    }

    /** RFC 3492, 6.3. */
    private static void encode(int[] characters, int basic, StringBuilder ascii) {
        int next = FIRST;
        int delta = 0;
        int bias = FIRST_BIAS;
        int done = basic;
        while (done < characters.length) {
            int least = Integer.MAX_VALUE;
            for (int one : characters) {
                least = one >= next ? Math.min(least, one) : least;
            }
            delta += (least - next) * (done + 1);
            next = least;
            for (int one : characters) {
                delta += one < next ? 1 : 0;
                if (one == next) {
                    append(delta, bias, ascii);
                    bias = adapted(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
            delta++;
            next++;
        }
    }

    private static void append(int delta, int bias, StringBuilder ascii) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.clamp(k - bias, LEAST, MOST);
            if (rest < threshold) {
                ascii.append(digit(rest));
                return;
            }
            ascii.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapted(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        for (; rest > (BASE - LEAST) * MOST / 2; k += BASE) {
            rest /= BASE - LEAST;
        }
        return k + (BASE - LEAST + 1) * rest / (rest + SKEW);
    }
}
