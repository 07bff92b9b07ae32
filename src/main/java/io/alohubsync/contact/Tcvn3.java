package io.alohubsync.contact;

import java.util.HashMap;
import java.util.Map;

/**
 * The font encoding TCVN3 (.VnTime): what its bytes show, which other programs take for Latin-1.
 */
public final class Tcvn3 {

    private static final String FROM =
            "¡¢£¤¥¦§¨©ª«¬\u00AD®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ";
    private static final String TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";

    private static final Map<Character, Character> LETTERS = letters();

    private Tcvn3() {}

    private static Map<Character, Character> letters() {
        Map<Character, Character> letters = new HashMap<>();
        for (int i = 0; i < FROM.length(); i++) {
            letters.put(FROM.charAt(i), TO.charAt(i));
        }
        return Map.copyOf(letters);
    }

    static char letter(char latin1) {
        return LETTERS.getOrDefault(latin1, latin1);
    }

    /** @param latin1 the bytes, each as a character of Latin-1 */
    public static String read(String latin1) {
        StringBuilder read = new StringBuilder(latin1.length());
        for (int i = 0; i < latin1.length(); i++) {
            read.append(letter(latin1.charAt(i)));
        }
        return read.toString();
    }
}
