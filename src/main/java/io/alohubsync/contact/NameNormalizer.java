package io.alohubsync.contact;

import java.text.Normalizer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cleans and composes a name. Never changes its case, its order or its spelling. */
public final class NameNormalizer {

    /** Code points that Alohub gets at most. */
    public static final int MAX_LENGTH = 255;

    /** A phone, also as a spreadsheet protects or destroys it. */
    private static final Pattern ONLY_PHONE = Pattern.compile(
            "(?i)(?:tel:)?(?=(?:\\P{Nd}*\\p{Nd}){7})[+\\uFF0B .()/;,|x#'\"=\\[\\]<>*“”‘’\\p{Pd}\\p{Nd}]+"
                    + "|[0-9]+[.,][0-9]+e[+-]?[0-9]+");

    private static final Pattern ONLY_EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");

    private static final Pattern ONLY_PUNCTUATION = Pattern.compile("[\\p{P}\\p{Sm}\\p{Sc}\\p{Sk} ]+");
    /** Vietnamese letters below U+1EA0. */
    private static final String VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư";

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private final Placeholders placeholders;

    /** @param placeholders texts that stand in place of a name */
    public NameNormalizer(Collection<String> placeholders) {
        this.placeholders = new Placeholders(placeholders);
    }

    /** @param written as the source wrote it; null is allowed */
    public Normalized<String> normalize(@Nullable String written) {
        if (written == null) {
            return Normalized.nothing();
        }
        return isOrdinary(written) ? kept(Text.cleaned(written), EnumSet.noneOf(Reason.class)) : repaired(written);
    }

    /** Vietnamese letters in their usual places, and no sign of damage or of a mask. */
    private static boolean isOrdinary(String written) {
        char before = ' ';
        for (int i = 0; i < written.length(); i++) {
            char character = written.charAt(i);
            boolean ordinary = character < 0x80
                    ? character >= ' ' && "?*&_#.".indexOf(character) < 0
                    : VIETNAMESE.indexOf(character) >= 0 || (character >= '\u1EA0' && character <= '\u1EF9');
            boolean inside = character >= 0xC0
                    && character < 0x100
                    && Character.isLowerCase(before)
                    && Character.isUpperCase(character);
            boolean cut = before == 'Ă' && !Character.isLetter(character);
            boolean hyphens = character == '-' && before == '-';
            if (!ordinary || inside || cut || hyphens || character == 'Ã') {
                return false;
            }
            before = character;
        }
        return before != 'Ă' && !OldFonts.mayShow(written);
    }

    private Normalized<String> repaired(String written) {
        EnumSet<Reason> repairs = EnumSet.noneOf(Reason.class);
        String decoded = Entities.decoded(written);
        if (!decoded.equals(written)) {
            repairs.add(Reason.NAME_ENTITIES);
        }
        String composed = Normalizer.normalize(decoded, Normalizer.Form.NFC);
        if (Damage.isDamaged(composed)) {
            return Normalized.nothing(Reason.NAME_DAMAGED);
        }
        String name = Text.cleaned(composed);
        if (Damage.isMasked(name)) {
            return Normalized.nothing(Reason.NAME_MASKED);
        }
        String plain = withPlainLetters(name);
        if (!plain.equals(name)) {
            repairs.add(Reason.NAME_LETTERS);
        }
        return kept(plain, repairs);
    }

    /**
     * Icelandic letters that look Vietnamese, and the letters of formulas, circles and full width.
     */
    static String withPlainLetters(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints().forEach(character -> {
            switch (character) {
                case 0xD0, 0x189 -> plain.append('Đ');
                case 0xF0 -> plain.append('đ');
                default -> {
                    if (isStyled(character)) {
                        plain.append(Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC));
                    } else {
                        plain.appendCodePoint(character);
                    }
                }
            }
        });
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    private static boolean isStyled(int character) {
        return (character >= 0x1D400 && character <= 0x1D7FF)
                || (character >= 0x24B6 && character <= 0x24E9)
                || (character >= 0xFF21 && character <= 0xFF3A)
                || (character >= 0xFF41 && character <= 0xFF5A)
                || (character >= 0x2102 && character <= 0x2138 && Character.isLetter(character))
                || (character >= 0x1F130 && character <= 0x1F149);
    }

    private Normalized<String> kept(String name, EnumSet<Reason> repairs) {
        if (name.isEmpty()) {
            return Normalized.nothing();
        }
        if (isPhone(name) || isEmail(name) || NullWords.are(name)) {
            return Normalized.nothing(Reason.NAME_DROPPED);
        }
        if (placeholders.contain(name) || ONLY_PUNCTUATION.matcher(name).matches()) {
            return Normalized.nothing(Reason.NAME_PLACEHOLDER);
        }
        if (name.codePointCount(0, name.length()) <= MAX_LENGTH) {
            return Normalized.of(name, repairs);
        }
        String shortened = shortened(name);
        repairs.add(Reason.NAME_SHORTENED);
        return shortened.isEmpty() ? Normalized.nothing(Reason.NAME_DROPPED) : Normalized.of(shortened, repairs);
    }

    /** Nearly all names begin with a letter; a phone only with {@code tel:} or {@code x}. */
    private static boolean isPhone(String name) {
        char first = name.charAt(0);
        boolean begins = !Character.isLetter(first) || "tTxX".indexOf(first) >= 0;
        return begins && ONLY_PHONE.matcher(name).matches();
    }

    private static boolean isEmail(String name) {
        return name.indexOf('@') >= 0 && ONLY_EMAIL.matcher(name).matches();
    }

    /** Cuts between graphemes only: half a grapheme would be another letter. */
    private static String shortened(String name) {
        Matcher grapheme = GRAPHEME.matcher(name);
        int end = 0;
        while (grapheme.find() && name.codePointCount(0, grapheme.end()) <= MAX_LENGTH) {
            end = grapheme.end();
        }
        return name.substring(0, end).strip();
    }
}
