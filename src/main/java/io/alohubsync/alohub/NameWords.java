package io.alohubsync.alohub;

import io.alohubsync.contact.Letters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds a customer's name in a text: the whole of it and each of its words, in any case, with and
 * without diacritics, whatever signs are between them.
 */
final class NameWords {

    /** Signs between two words of one name at most. */
    private static final int GAP = 4;

    private static final int LEAST_LETTERS = 2;
    /** A name written without spaces; a shorter one may be a part of another word. */
    private static final int LEAST_IN_ONE = 6;

    /**
     * Words of messages that may also be words of a name. They are taken for that only where they
     * are capitalised, or beside another word of the name.
     */
    private static final Set<String> COMMON = withPlain("""
            a an and are as at bad be by can code do does error fail failed for found from has have he her him his http i if
            in invalid is it its key lead leads list mail email e name no none not null of ok on one or phone please retry
            she so success text than that the they this to too type unknown user value was we web will with you your
            info sale sales admin support contact office hello customer company account status request limit may mark bill
            số điện thoại đã tồn tại khách hàng không hợp lệ lỗi tên là và có của trùng dữ liệu này bị vui lòng thử lại sau
            được phải cho từ đến trong với một thông tin mã hệ thống thành công thất bại sai đúng chưa người tài khoản
            công ty gửi địa chỉ yêu cầu quá nhiều lần""");

    private record Word(int start, int end, String plain) {}

    private final List<String> words;
    private final Set<String> telling = new HashSet<>();
    private final Set<String> all;
    private final String name;

    NameWords(String name) {
        this.name = plain(Legible.of(name).text()).strip();
        this.words = wordsOf(this.name).stream().map(Word::plain).toList();
        this.all = Set.copyOf(words);
        words.stream()
                .filter(word -> word.chars().filter(Character::isLetter).count() >= LEAST_LETTERS)
                .forEach(telling::add);
        String inOne = String.join("", words);
        if (inOne.length() >= LEAST_IN_ONE) {
            telling.add(inOne);
        }
    }

    /** The text in lower case and without diacritics, each character in its place. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            plain.append(Letters.plain(text.charAt(i)));
        }
        return plain.toString();
    }

    static boolean isCommon(String word) {
        return COMMON.contains(word.toLowerCase(Locale.ROOT));
    }

    void mark(String text, String plain, Marks marks) {
        markAsWritten(plain, name, marks);
        List<Word> found = wordsOf(plain);
        boolean[] its = new boolean[found.size()];
        for (int i = 0; i < its.length; i++) {
            Word word = found.get(i);
            its[i] |= telling.contains(word.plain()) && isTelling(text, word);
            if (isWhole(found, i)) {
                for (int j = i; j < i + words.size(); j++) {
                    its[j] = true;
                }
            }
        }
        for (int i = 1; i < its.length; i++) {
            its[i] |= its[i - 1] && isBeside(found, i);
        }
        for (int i = its.length - 1; i > 0; i--) {
            its[i - 1] |= its[i] && all.contains(found.get(i - 1).plain()) && isClose(found, i);
        }
        for (int i = 0; i < its.length; i++) {
            boolean joined = i > 0 && its[i - 1] && isClose(found, i);
            if (its[i]) {
                marks.add(
                        joined ? found.get(i - 1).end() : found.get(i).start(),
                        found.get(i).end(),
                        Marks.NAME);
            }
        }
    }

    private static boolean isTelling(String text, Word word) {
        return Character.isUpperCase(text.charAt(word.start())) || !isCommon(text.substring(word.start(), word.end()));
    }

    private boolean isBeside(List<Word> found, int i) {
        return all.contains(found.get(i).plain()) && isClose(found, i);
    }

    private static boolean isClose(List<Word> found, int i) {
        return found.get(i).start() - found.get(i - 1).end() <= GAP;
    }

    private boolean isWhole(List<Word> found, int first) {
        if (words.size() < 2 || first + words.size() > found.size()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            Word word = found.get(first + i);
            if (!word.plain().equals(words.get(i)) || (i > 0 && !isClose(found, first + i))) {
                return false;
            }
        }
        return true;
    }

    /** Signs and scripts without spaces between words. */
    private void markAsWritten(String plain, String sought, Marks marks) {
        boolean letters = words.stream().anyMatch(word -> word.codePoints().noneMatch(Character::isIdeographic));
        if (sought.length() < 2 || (letters && words.size() == 1 && sought.equals(words.getFirst()))) {
            return;
        }
        for (int at = plain.indexOf(sought); at >= 0; at = plain.indexOf(sought, at + sought.length())) {
            int end = at + sought.length();
            boolean part = letters
                    && ((at > 0 && isInWord(plain, at - 1) && isInWord(plain, at))
                            || (end < plain.length() && isInWord(plain, end) && isInWord(plain, end - 1)));
            if (!part) {
                marks.add(at, end, Marks.NAME);
            }
        }
    }

    private static boolean isInWord(String text, int place) {
        return Character.isLetterOrDigit(text.codePointAt(place));
    }

    private static List<Word> wordsOf(String plain) {
        List<Word> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= plain.length(); i++) {
            boolean inWord = i < plain.length()
                    && (Character.isLetterOrDigit(plain.charAt(i)) || Character.isSurrogate(plain.charAt(i)));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                words.add(new Word(start, i, plain.substring(start, i)));
                start = -1;
            }
        }
        return words;
    }

    private static Set<String> withPlain(String words) {
        Set<String> all = new HashSet<>();
        for (String word : words.split("\\s+")) {
            all.add(word);
            all.add(plain(word));
        }
        return Set.copyOf(all);
    }
}
