package io.alohubsync.contact;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds names in an old font encoding (TCVN3, VNI), and UTF-8 that was read as Latin-1. */
final class Encodings {

    /**
     * UTF-8's first byte as Latin-1 shows it, and a following one as Latin-1 or Windows-1252 does.
     */
    private static final String NEXT =
            "[\\u0080-\\u009F\\u00A1-\\u00BF\\u20AC\\u201A\\u0192\\u201E\\u2026\\u2020\\u2021\\u02C6\\u2030\\u0160\\u2039\\u0152\\u017D\\u2018\\u2019\\u201C\\u201D\\u2022\\u2013\\u2014\\u02DC\\u2122\\u0161\\u203A\\u0153\\u017E\\u0178]";

    private static final Pattern UTF8_READ_AS_LATIN1 = Pattern.compile("[ÃÄÅÆÌ]" + NEXT // ê, đ, ũ, ư and marks
            + "|Â(?=[\\u00A1-\\u00BF])|á[º»](?:" + NEXT + "|\\u00A0|\\p{L})|â(?:€|\\u0080)|ï¿½|ð\\u009F|ðŸ"
            + "|\\p{Ll}Ã[ \\u00A0]|Ã[ \\u00A0](?=\\p{Ll})");

    /** Characters of control and of box drawing in a word. */
    private static final Pattern BYTES = Pattern.compile("[\\u0080-\\u0084\\u0086-\\u009F]|\\p{L}[\\u2500-\\u259F]");

    /** Signs in a word that TCVN3 uses for letters. */
    private static final Pattern TCVN3_SIGNS = Pattern.compile(
            "\\p{L}[¡¢£¤¥¦§¨©«¬®µ¶¸¹»¼½¾\\u00AD](?=\\p{L})|[\\p{L}\u00AD][¨«¬µ¶¸¼½¾]|(?<!\\p{L})[§®](?=\\p{Ll})");

    private static final String MARKS = "ùøûõïâáàåãäêéèúüë";
    /** The letter that a mark and the vowel before it stand for; a dot: none. */
    private static final Map<Character, String> VNI = Map.of(
            'a', "áàảãạâấầẩẫậăắằẳẵặ",
            'e', "éèẻẽẹêếềểễệ......",
            'o', "óòỏõọôốồổỗộ......",
            'u', "úùủũụ............",
            'y', "ýỳỷỹ.............",
            'ô', "ớờởỡợ............",
            'ö', "ứừửữự............");

    private static final Map<Character, Character> VNI_ALONE =
            Map.of('ô', 'ơ', 'ö', 'ư', 'ñ', 'đ', 'æ', 'ỉ', 'ó', 'ĩ', 'ò', 'ị', 'î', 'ỵ');

    /** A Vietnamese syllable without its tone. */
    private static final Pattern SYLLABLE =
            Pattern.compile("(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?(?:"
                    + "a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|ă(?:c|m|n|ng|p|t)|â(?:c|m|n|ng|p|t|u|y)|e(?:c|m|n|ng|o|p|t)?|ê(?:ch|m|n|nh|p|t|u)?"
                    + "|i(?:a|ch|m|n|nh|p|t|u)?|iê(?:c|m|n|ng|p|t|u)|yê(?:m|n|ng|t|u)|y(?:t|n|nh|ch|u|a)?|o(?:a|c|e|i|m|n|ng|p|t)?"
                    + "|oa(?:c|ch|i|m|n|ng|nh|o|p|t|y)|oă(?:c|m|n|ng|t)|oe[not]?|ô(?:c|i|m|n|ng|p|t)?|ơ[imnpt]?|u(?:a|c|i|m|n|ng|p|t|ê|y|ơ)?"
                    + "|uâ(?:n|ng|t|y)|uê(?:ch|nh|n|t)?|uô(?:c|i|m|n|ng|t)|uy(?:a|ch|n|nh|t|u|p)?|uyê[nt]|ư(?:a|c|i|ng|t|u|n|m)?"
                    + "|ươ(?:c|i|m|n|ng|p|t|u))");

    private Encodings() {}

    /** @param written before any cleaning, which removes some of these characters */
    static boolean isMisread(String written) {
        return UTF8_READ_AS_LATIN1.matcher(written).find()
                || BYTES.matcher(written).find()
                || TCVN3_SIGNS.matcher(written).find()
                || isTcvn3(written)
                || isVni(written.toLowerCase(Locale.ROOT));
    }

    /**
     * Capitals with marks inside words, or foreign letters in two words at least, and all of it
     * reads as Vietnamese.
     */
    private static boolean isTcvn3(String name) {
        StringBuilder read = new StringBuilder();
        int capitals = 0;
        int foreign = 0;
        for (String word : name.split("\\s+")) {
            boolean capital = false;
            boolean strange = false;
            for (int i = 0; i < word.length(); i++) {
                char letter = word.charAt(i);
                capital |= i > 0 && letter >= 0xC0 && letter <= 0xDE && Character.isLowerCase(word.charAt(i - 1));
                strange |= "åæçäëîïñöøûüþß÷".indexOf(letter) >= 0;
                read.append(Tcvn3.letter(letter));
            }
            capitals += capital ? 1 : 0;
            foreign += strange ? 1 : 0;
            read.append(' ');
        }
        return (capitals > 0 || foreign > 1) && isVietnamese(read.toString());
    }

    /**
     * Vowels with a mark behind them that neither Vietnamese nor another language has there, and
     * all of it reads as Vietnamese.
     */
    private static boolean isVni(String name) {
        StringBuilder read = new StringBuilder();
        int strange = 0;
        int doubtful = 0;
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            int mark = i + 1 < name.length() ? MARKS.indexOf(name.charAt(i + 1)) : -1;
            String marked = VNI.get(letter);
            if (marked != null && mark >= 0 && mark < marked.length() && marked.charAt(mark) != '.') {
                char next = name.charAt(i + 1);
                boolean known =
                        (letter == 'o' && "àáã".indexOf(next) >= 0) || ("ao".indexOf(letter) >= 0 && next == 'ï');
                strange += known ? 0 : 1;
                doubtful += known && next == 'ï' ? 1 : 0;
                read.append(marked.charAt(mark));
                i++;
            } else {
                read.append(VNI_ALONE.getOrDefault(letter, letter));
            }
        }
        return (strange > 0 || doubtful > 1) && isVietnamese(read.toString());
    }

    private static boolean isVietnamese(String name) {
        for (String word : name.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            boolean initial = word.length() < 2;
            if (!initial && !SYLLABLE.matcher(withoutTones(word)).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String withoutTones(String word) {
        String apart = java.text.Normalizer.normalize(word, java.text.Normalizer.Form.NFD);
        return java.text.Normalizer.normalize(
                apart.replaceAll("[\\u0300\\u0301\\u0303\\u0309\\u0323]", ""), java.text.Normalizer.Form.NFC);
    }
}
