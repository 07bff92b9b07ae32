package io.alohubsync.contact;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/** Writes a Vietnamese name as a program shows it that reads it in a wrong encoding. */
final class NameEncodings {

    private static final Map<Character, Character> TCVN3 = tcvn3();
    private static final String VNI_TONES = "\u0301\u0300\u0309\u0303\u0323";

    private NameEncodings() {}

    private static Map<Character, Character> tcvn3() {
        String[] bytes = "µ¸¶·¹ ¨»¾¼½Æ ©ÇÊÈÉË ®  ÌÐÎÏÑ ªÒÕÓÔÖ ×ÝØÜÞ ßãáâä «åèæçé ¬êíëìî ïóñòô \u00ADõøö÷ù úýûüþ §¡¢£¤¥¦"
                .split(" +");
        String[] letters =
                "àáảãạ ăằắẳẵặ âầấẩẫậ đ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ ĐĂÂÊÔƠƯ".split(" +");
        Map<Character, Character> table = new HashMap<>();
        for (int i = 0; i < bytes.length; i++) {
            for (int j = 0; j < bytes[i].length(); j++) {
                table.put(letters[i].charAt(j), bytes[i].charAt(j));
            }
        }
        return table;
    }

    static String tcvn3(String name) {
        StringBuilder shown = new StringBuilder();
        for (char letter : name.toCharArray()) {
            Character one = TCVN3.get(letter);
            shown.append(one == null ? TCVN3.getOrDefault(Character.toLowerCase(letter), letter) : one);
        }
        return shown.toString();
    }

    static String vni(String name) {
        StringBuilder shown = new StringBuilder();
        for (char letter : name.toCharArray()) {
            String lower = vni(Character.toLowerCase(letter));
            boolean upper = Character.isUpperCase(letter);
            shown.append(upper ? Character.toUpperCase(lower.charAt(0)) + lower.substring(1) : lower);
        }
        return shown.toString();
    }

    private static String vni(char letter) {
        if (letter == 'đ') {
            return "ñ";
        }
        String apart = Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFD);
        String base = apart.substring(0, 1);
        int tone = -1;
        char shape = ' ';
        for (char mark : apart.substring(1).toCharArray()) {
            if (VNI_TONES.indexOf(mark) >= 0) {
                tone = VNI_TONES.indexOf(mark);
            } else {
                shape = mark;
            }
        }
        String plain = tone < 0 ? "" : "ùøûõï".substring(tone, tone + 1);
        return switch (shape) {
            case '\u0302' -> base + (tone < 0 ? "â" : "áàåãä".substring(tone, tone + 1));
            case '\u0306' -> base + (tone < 0 ? "ê" : "éèúüë".substring(tone, tone + 1));
            case '\u031B' -> (base.equals("o") ? "ô" : "ö") + plain;
            default ->
                tone < 0
                        ? apart
                        : base.equals("i")
                                ? "íìæóò".substring(tone, tone + 1)
                                : base.equals("y") && tone == 4 ? "î" : base + plain;
        };
    }

    static String asLatin1(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String asWindows1252(String name) {
        return read(name.getBytes(StandardCharsets.UTF_8), "windows-1252");
    }

    static String asWindows1258(String name) {
        return read(name.getBytes(StandardCharsets.UTF_8), "windows-1258");
    }

    /** Bytes that the code page does not have stay as they are. */
    private static String read(byte[] bytes, String codePage) {
        StringBuilder shown = new StringBuilder();
        for (byte one : bytes) {
            String character = new String(new byte[] {one}, Charset.forName(codePage));
            shown.append(character.equals("\uFFFD") ? String.valueOf((char) (one & 0xFF)) : character);
        }
        return shown.toString();
    }

    /** Windows-1258 has letters, a few with their tone, and tone marks. */
    static String windows1258AsLatin1(String name) {
        Charset windows1258 = Charset.forName("windows-1258");
        StringBuilder letters = new StringBuilder();
        for (char letter : name.toCharArray()) {
            letters.append(windows1258.newEncoder().canEncode(letter) ? String.valueOf(letter) : toneApart(letter));
        }
        return new String(letters.toString().getBytes(windows1258), StandardCharsets.ISO_8859_1);
    }

    private static String toneApart(char letter) {
        StringBuilder base = new StringBuilder();
        StringBuilder tone = new StringBuilder();
        for (char part : Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFD)
                .toCharArray()) {
            (VNI_TONES.indexOf(part) >= 0 ? tone : base).append(part);
        }
        return Normalizer.normalize(base, Normalizer.Form.NFC) + tone;
    }
}
