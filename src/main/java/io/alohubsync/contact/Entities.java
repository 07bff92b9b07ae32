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

    private static final Map<String, Integer> NAMED = named();

    private Entities() {}

    private static Map<String, Integer> named() {
        Map<String, Integer> named = new HashMap<>(
                Map.of("amp", (int) '&', "lt", (int) '<', "gt", (int) '>', "quot", (int) '"', "apos", (int) '\''));
        named.putAll(Map.of(
                "commat", (int) '@', "plus", (int) '+', "period", (int) '.', "lowbar", (int) '_', "hyphen", (int) '-'));
        named.putAll(Map.of("Dstrok", 0x110, "dstrok", 0x111, "Abreve", 0x102, "abreve", 0x103));
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
        boolean exists = character != null && character > 0 && Character.isValidCodePoint(character);
        return Matcher.quoteReplacement(exists ? Character.toString(character) : entity.group());
    }
}
