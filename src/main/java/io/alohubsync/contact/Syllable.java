package io.alohubsync.contact;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;

/** Whether a word is one syllable of Vietnamese: its first consonants, its rime and its tone. */
final class Syllable {

    private static final List<String> INITIALS = List.of(
            "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "đ", "g", "h", "k", "l",
            "m", "n", "p", "r", "s", "t", "v", "x", "");

    private static final Set<String> RIMES = Set.of("""
            a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
            e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
            o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oet
            ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêt uơ
            uôc uôi uôm uôn uông uôt uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu
            ươc ươi ươm ương ươn ươp ươt ươu y yêm yên yêng yêt yêu""".split("\\s+"));

    /** Behind qu, whose u belongs to the rime as it is spelled. */
    private static final Set<String> RIMES_OF_QU = Set.of("""
            a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ôc ê ên êt êch ênh êu i it ich
            in inh ơ y yên yêt ych ynh yt yu ya""".split("\\s+"));

    private static final String TONES = "\u0300\u0309\u0303\u0301\u0323"; // huyền, hỏi, ngã, sắc, nặng
    private static final int NONE = -1;
    private static final int SHARP = 3;

    /** Each letter without its tone, and that tone. */
    private static final char[] TONELESS = new char[0x1F00];

    private static final byte[] TONE = new byte[0x1F00];

    static {
        for (char letter = 0; letter < TONELESS.length; letter++) {
            String apart = Normalizer.normalize(Character.toString(Character.toLowerCase(letter)), Normalizer.Form.NFD);
            StringBuilder toneless = new StringBuilder();
            TONE[letter] = NONE;
            for (char part : apart.toCharArray()) {
                int tone = TONES.indexOf(part);
                if (tone >= 0) {
                    TONE[letter] = (byte) tone;
                } else {
                    toneless.append(part);
                }
            }
            String whole = Normalizer.normalize(toneless, Normalizer.Form.NFC);
            TONELESS[letter] = whole.length() == 1 ? whole.charAt(0) : letter;
        }
    }

    private Syllable() {}

    /** Spelled as the rules of Vietnamese say. @param word in NFC, in any case */
    static boolean is(String word) {
        return is(word, true);
    }

    /** Spelled as people may spell their name: with k before any vowel, or without the tone. */
    static boolean mayBe(String word) {
        return is(word, false);
    }

    private static boolean is(String word, boolean strict) {
        StringBuilder toneless = new StringBuilder(word.length());
        int tone = NONE;
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letter >= TONELESS.length || (TONE[letter] != NONE && tone != NONE)) {
                return false;
            }
            tone = Math.max(tone, TONE[letter]);
            toneless.append(TONELESS[letter]);
        }
        String plain = toneless.toString();
        if (isStopped(plain) && (tone == NONE ? strict : tone < SHARP)) {
            return false;
        }
        for (String initial : INITIALS) {
            if (plain.startsWith(initial) && fits(initial, plain.substring(initial.length()), strict)) {
                return true;
            }
        }
        return false;
    }

    /** Such a syllable has a sharp or a heavy tone. */
    private static boolean isStopped(String plain) {
        return plain.endsWith("c") || plain.endsWith("ch") || plain.endsWith("p") || plain.endsWith("t");
    }

    private static boolean fits(String initial, String rime, boolean strict) {
        if (rime.isEmpty()) {
            return initial.equals("gi");
        }
        boolean front = "eêi".indexOf(rime.charAt(0)) >= 0;
        boolean y = rime.charAt(0) == 'y';
        return switch (initial) {
            case "qu" -> RIMES_OF_QU.contains(rime);
            case "gi" -> rime.equals("n") || (RIMES.contains(rime) && !y);
            case "gh", "ngh" -> front && RIMES.contains(rime);
            case "g", "ng", "c" -> !front && !y && RIMES.contains(rime);
            case "k" -> (front || y || !strict) && isRime(rime, y);
            case "" -> RIMES.contains(rime);
            default -> isRime(rime, y);
        };
    }

    private static boolean isRime(String rime, boolean y) {
        return y ? rime.equals("y") : RIMES.contains(rime);
    }
}
