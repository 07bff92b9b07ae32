package io.alohubsync.contact;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds names in an old font encoding (TCVN3, VNI) or in Windows-1258, which other programs show as
 * letters of Latin-1: a word that is no Vietnamese as it is written, and is Vietnamese as the font
 * shows it.
 */
final class OldFonts {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\u00A0\\p{Punct}0-9]+");
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
            Map.of('ô', 'ơ', 'ö', 'ư', 'ñ', 'đ', 'æ', 'ỉ', 'ó', 'ĩ', 'ò', 'ị', 'î', 'ỵ', 'í', 'í', 'ì', 'ì');

    /** Windows-1258 in Latin-1: a tone mark behind a vowel, or ươ, ưu, ưng. */
    private static final Pattern WINDOWS_1258 =
            Pattern.compile("[aeiouyâêôãõý][ìòþ]|ý(?:õ|u|ng)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final String WINDOWS_1258_SHOWN = "ÐðÃÕÝãõýÌÒÞìò";
    private static final String WINDOWS_1258_MEANT = "ĐđĂƠƯăơư\u0300\u0309\u0303\u0301\u0323";

    /** Names of other languages that one of the fonts would show as Vietnamese. */
    private static final Set<String> FOREIGN =
            Set.of("loïc", "loìc", "naïm", "naìm", "gieß", "heß", "mäe", "sæi", "lång");

    private OldFonts() {}

    /** All letters are of Latin-1, and a word of them is no Vietnamese. */
    static boolean mayShow(String name) {
        boolean latin1 = false;
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (character > 0xFF && Character.isLetter(character)) {
                return false;
            }
            latin1 |= character >= 0x80;
        }
        return latin1 && !isVietnamese(name);
    }

    private static boolean isVietnamese(String name) {
        for (String word : BETWEEN_WORDS.split(name)) {
            if (isOfLatin1(word) && !Syllable.mayBe(word)) {
                return false;
            }
        }
        return true;
    }

    /** @param name in NFC, before any cleaning: a soft hyphen is a letter of TCVN3 */
    static boolean show(String name) {
        return mayShow(name) && (isIn(name, OldFonts::tcvn3) || isIn(name, OldFonts::vni) || isInWindows1258(name));
    }

    /** Icelandic Ð for Đ alone is a repair. */
    private static boolean isInWindows1258(String name) {
        return WINDOWS_1258.matcher(name).find()
                && isIn(name.replace('Ð', 'Đ').replace('ð', 'đ'), OldFonts::windows1258);
    }

    private static boolean isIn(String name, UnaryOperator<@Nullable String> font) {
        int found = 0;
        boolean signs = false;
        boolean foreign = false;
        for (String word : BETWEEN_WORDS.split(name)) {
            if (isOfLatin1(word)) {
                String read = font.apply(word);
                if (read == null || !Syllable.is(read) || FOREIGN.contains(word.toLowerCase(Locale.ROOT))) {
                    return false;
                }
                boolean written = Syllable.mayBe(word);
                found += written ? 0 : 1;
                signs |= !written && !word.chars().allMatch(Character::isLetter);
            } else {
                foreign |= word.length() > 1 && !Syllable.mayBe(word) && !word.equals(word.toUpperCase(Locale.ROOT));
            }
        }
        return found > 1 || (found == 1 && (signs || !foreign));
    }

    private static boolean isOfLatin1(String word) {
        return word.chars().anyMatch(character -> character >= 0x80);
    }

    /** Null: a character stands for none. */
    private static @Nullable String tcvn3(String word) {
        StringBuilder read = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            char shown = Tcvn3.letter(letter);
            if (shown == letter && letter >= 0x80 && letter != 'ý') {
                return null;
            }
            read.append(shown);
        }
        return read.toString();
    }

    private static String windows1258(String word) {
        StringBuilder read = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            int place = WINDOWS_1258_SHOWN.indexOf(word.charAt(i));
            read.append(place < 0 ? word.charAt(i) : WINDOWS_1258_MEANT.charAt(place));
        }
        return Normalizer.normalize(read, Normalizer.Form.NFC);
    }

    private static @Nullable String vni(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        StringBuilder read = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            int mark = i + 1 < name.length() ? MARKS.indexOf(name.charAt(i + 1)) : -1;
            String marked = VNI.get(letter);
            if (marked != null && mark >= 0 && mark < marked.length() && marked.charAt(mark) != '.') {
                read.append(marked.charAt(mark));
                i++;
            } else {
                Character alone = letter < 0x80 ? Character.valueOf(letter) : VNI_ALONE.get(letter);
                if (alone == null) {
                    return null;
                }
                read.append(alone.charValue());
            }
        }
        return read.toString();
    }
}
