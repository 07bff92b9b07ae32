package io.alohubsync.alohub;

import io.alohubsync.contact.Entities;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as a person reads it: what is percent-encoded, escaped, an HTML entity or UTF-8 read as
 * Latin-1 is decoded, and each space, dash and digit is the ASCII one. It knows where each of its
 * characters stands in the text as it was written.
 */
final class Legible {

    /** A JSON text in a JSON text is escaped twice. */
    private static final int ROUNDS = 3;

    private static final String LATER_BYTE = "[\\u0080-\\u00BF\\u20AC\\u201A\\u0192\\u201E\\u2026\\u2020\\u2021\\u02C6"
            + "\\u2030\\u0160\\u2039\\u0152\\u017D\\u2018\\u2019\\u201C\\u201D\\u2022\\u2013\\u2014\\u02DC\\u2122\\u0161"
            + "\\u203A\\u0153\\u017E\\u0178]";
    private static final Pattern ENCODED = Pattern.compile(
            "%[0-7]\\p{XDigit}|%[cCdD]\\p{XDigit}%[89abAB]\\p{XDigit}|%[eE]\\p{XDigit}(?:%[89abAB]\\p{XDigit}){2}"
                    + "|%[fF]\\p{XDigit}(?:%[89abAB]\\p{XDigit}){3}|\\\\{1,8}(?:u\\p{XDigit}{4}|x\\p{XDigit}{2}|[nrtbf\"'/])"
                    + "|&#?[a-zA-Z0-9]{1,8};|[\\u00C2-\\u00DF]" + LATER_BYTE + "|[\\u00E0-\\u00EF]" + LATER_BYTE
                    + "{2}|[\\u00F0-\\u00F4]" + LATER_BYTE + "{3}");

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final String text;
    private final int[] from;
    private final int[] to;

    private Legible(String text, int[] from, int[] to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    static Legible of(String written) {
        int[] from = new int[written.length()];
        int[] to = new int[written.length()];
        for (int i = 0; i < from.length; i++) {
            boolean second = i > 0 && Character.isSurrogatePair(written.charAt(i - 1), written.charAt(i));
            boolean first = i + 1 < from.length && Character.isSurrogatePair(written.charAt(i), written.charAt(i + 1));
            from[i] = second ? i - 1 : i;
            to[i] = first ? i + 2 : i + 1;
        }
        Legible read = new Legible(written, from, to);
        for (int round = 0; round < ROUNDS; round++) {
            Legible decoded = read.decoded();
            if (decoded == read) {
                break;
            }
            read = decoded;
        }
        return read.unified();
    }

    /** In NFC, without invisible characters. */
    String text() {
        return text;
    }

    /** Where the character at this place begins in what was written. */
    int from(int place) {
        return from[place];
    }

    /** Where it ends. */
    int to(int place) {
        return to[place];
    }

    private Legible decoded() {
        Matcher encoded = ENCODED.matcher(text);
        if (!encoded.find()) {
            return this;
        }
        Builder decoded = new Builder(text.length());
        int end = 0;
        do {
            decoded.append(this, end, encoded.start());
            decoded.append(decoded(encoded.group()), from[encoded.start()], to[encoded.end() - 1]);
            end = encoded.end();
        } while (encoded.find());
        decoded.append(this, end, text.length());
        return decoded.built();
    }

    private static String decoded(String encoded) {
        return switch (encoded.charAt(0)) {
            case '%' -> utf8(HexFormat.of().parseHex(encoded.replace("%", "")), encoded);
            case '&' -> Entities.decoded(encoded);
            case '\\' -> unescaped(encoded.substring(encoded.lastIndexOf('\\') + 1));
            default -> {
                String read = utf8(bytes(encoded), encoded);
                boolean letterAndHyphen =
                        encoded.length() == 2 && encoded.endsWith("\u00AD") && !isOfNames(read.codePointAt(0));
                yield letterAndHyphen ? encoded : read;
            }
        };
    }

    /** Latin letters and the marks of Vietnamese. */
    private static boolean isOfNames(int character) {
        return (character >= 0xC0 && character < 0x250)
                || (character >= 0x1E00 && character < 0x1F00)
                || "\u0300\u0301\u0302\u0303\u0306\u0309\u031B\u0323".indexOf(character) >= 0;
    }

    private static String unescaped(String escape) {
        return switch (escape.charAt(0)) {
            case 'u', 'x' -> Character.toString(Integer.parseInt(escape.substring(1), 16));
            case 'n', 'r', 't', 'b', 'f' -> " ";
            default -> escape;
        };
    }

    private static byte[] bytes(String misread) {
        byte[] bytes = new byte[misread.length()];
        for (int i = 0; i < bytes.length; i++) {
            char character = misread.charAt(i);
            bytes[i] = character < 0x100
                    ? (byte) character
                    : String.valueOf(character).getBytes(WINDOWS_1252)[0];
        }
        return bytes;
    }

    private static String utf8(byte[] bytes, String encoded) {
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        return decoded.indexOf('\uFFFD') >= 0 ? encoded : decoded;
    }

    private Legible unified() {
        Builder unified = new Builder(text.length());
        for (int i = 0; i < text.length(); ) {
            int next = i + Character.charCount(text.codePointAt(i));
            while (next < text.length() && isMark(text.charAt(next))) {
                next++;
            }
            if (next == i + 1 && isPlain(text.charAt(i))) {
                unified.append(this, i, next);
            } else {
                unified.append(unified(text.substring(i, next)), from[i], to[next - 1]);
            }
            i = next;
        }
        return unified.built();
    }

    /** ASCII, and the letters of Vietnamese. */
    private static boolean isPlain(char character) {
        return (character >= ' ' && character < 0x7F)
                || (character >= 0xC0 && character < 0x132)
                || (character >= 0x1EA0 && character < 0x1EFA)
                || "\u01A0\u01A1\u01AF\u01B0".indexOf(character) >= 0;
    }

    private static boolean isMark(char character) {
        int type = character < 0x300 ? Character.OTHER_LETTER : Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static String unified(String character) {
        StringBuilder unified = new StringBuilder();
        Normalizer.normalize(character, Normalizer.Form.NFKC).codePoints().forEach(one -> {
            int type = Character.getType(one);
            if (Character.isWhitespace(one) || Character.isSpaceChar(one)) {
                unified.append(' ');
            } else if (type == Character.DASH_PUNCTUATION || one == 0x2212) {
                unified.append('-');
            } else if (Character.digit(one, 10) >= 0) {
                unified.append(Character.digit(one, 10));
            } else if (!isInvisible(one, type)) {
                unified.appendCodePoint(one);
            }
        });
        return unified.toString();
    }

    private static boolean isInvisible(int character, int type) {
        return type == Character.FORMAT
                || type == Character.CONTROL
                || character == 0x34F
                || character == 0x115F
                || character == 0x1160
                || character == 0x20E3
                || (character >= 0x180B && character <= 0x180F)
                || (character >= 0xFE00 && character <= 0xFE0F);
    }

    private static final class Builder {
        private final StringBuilder text;
        private int[] from;
        private int[] to;

        Builder(int length) {
            text = new StringBuilder(length);
            from = new int[length];
            to = new int[length];
        }

        void append(Legible other, int start, int end) {
            int length = text.length();
            text.append(other.text, start, end);
            grow();
            System.arraycopy(other.from, start, from, length, end - start);
            System.arraycopy(other.to, start, to, length, end - start);
        }

        /** @param start of what it was written as; @param end of that */
        void append(String characters, int start, int end) {
            int length = text.length();
            text.append(characters);
            grow();
            Arrays.fill(from, length, text.length(), start);
            Arrays.fill(to, length, text.length(), end);
        }

        private void grow() {
            if (text.length() > from.length) {
                int length = Math.max(text.length(), 2 * from.length);
                from = Arrays.copyOf(from, length);
                to = Arrays.copyOf(to, length);
            }
        }

        Legible built() {
            return new Legible(text.toString(), from, to);
        }
    }
}
