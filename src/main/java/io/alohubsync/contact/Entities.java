package io.alohubsync.contact;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes HTML entities, which web forms leave in their fields. */
public final class Entities {

    private static final Pattern ENTITY =
            Pattern.compile("&(?:#(\\d{1,7})|#[xX](\\p{XDigit}{1,6})|([a-zA-Z]{2,8}[0-9]{0,2}));");

    /** HTML's names of the characters from U+00A0 to U+00FF, in their order. */
    private static final String LATIN_1 = """
            nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
            sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
            Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
            ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
            szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute \
            icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml \
            yacute thorn yuml""";

    /** Further names that programs write, each with its character. */
    private static final String OTHERS = """
            amp & lt < gt > quot " apos ' AMP & LT < GT > QUOT " commat @ plus + period . lowbar _ hyphen - \
            Dstrok Đ dstrok đ Abreve Ă abreve ă Itilde Ĩ itilde ĩ Utilde Ũ utilde ũ OElig Œ oelig œ Scaron Š \
            scaron š Yuml Ÿ ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ bull • hellip … \
            euro € trade ™ ensp \u2002 emsp \u2003 thinsp \u2009 zwnj \u200C zwj \u200D lrm \u200E rlm \u200F""";

    /** What HTML reads for the numbers 128 to 159: the characters of Windows-1252. */
    private static final String WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private static final int WINDOWS_1252_FIRST = 0x80;

    private static final Map<String, Integer> NAMED = named();

    private Entities() {}

    private static Map<String, Integer> named() {
        Map<String, Integer> named = new HashMap<>();
        String[] others = OTHERS.split(" ");
        for (int i = 0; i < others.length; i += 2) {
            named.put(others[i], (int) others[i + 1].charAt(0));
        }
        int character = 0xA0;
        for (String name : LATIN_1.split(" ")) {
            named.put(name, character++);
        }
        return Map.copyOf(named);
    }

    /**
     * Decodes once: an entity that is left was written as text. The same text where there is
     * nothing to decode.
     */
    public static String decoded(String text) {
        return text.indexOf('&') < 0 ? text : ENTITY.matcher(text).replaceAll(Entities::character);
    }

    private static String character(MatchResult entity) {
        Integer character = entity.group(1) != null
                ? Integer.valueOf(entity.group(1))
                : entity.group(2) != null ? Integer.valueOf(entity.group(2), 16) : NAMED.get(entity.group(3));
        int place = character == null ? -1 : character - WINDOWS_1252_FIRST;
        if (place >= 0 && place < WINDOWS_1252.length()) {
            character = (int) WINDOWS_1252.charAt(place);
        }
        boolean exists = character != null && character > 0 && Character.isValidCodePoint(character);
        return Matcher.quoteReplacement(exists ? Character.toString(character) : entity.group());
    }
}
