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

    /** Bytes that Windows-1252 does not have stay as they are. */
    static String asWindows1252(String name) {
        StringBuilder shown = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            String character = new String(new byte[] {one}, Charset.forName("windows-1252"));
            shown.append(character.equals("\uFFFD") ? String.valueOf((char) (one & 0xFF)) : character);
        }
        return shown.toString();
    }
}
