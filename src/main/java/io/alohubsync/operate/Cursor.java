package io.alohubsync.operate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list, as an opaque text: numbers of rows, nothing personal. It fits the list that
 * made it alone.
 */
public final class Cursor {

    private static final int LONGEST = 200;

    private Cursor() {}

    /** @param list a short word for the list */
    public static String of(String list, long... numbers) {
        String text = list + Arrays.toString(numbers).replaceAll("[\\[\\] ]", ":");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    public static boolean isOf(@Nullable String cursor, String list) {
        return cursor != null
                && cursor.startsWith(Base64.getUrlEncoder()
                        .encodeToString((list + ":").getBytes(StandardCharsets.US_ASCII))
                        .substring(0, 2));
    }

    /** @return null: the beginning. @throws Declined it is no cursor of that list */
    public static long @Nullable [] read(@Nullable String cursor, String list, int numbers) {
        if (cursor == null) {
            return null;
        }
        try {
            if (cursor.length() > LONGEST) {
                throw new NumberFormatException();
            }
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (!text.startsWith(list + ":") || !text.endsWith(":")) {
                throw new NumberFormatException();
            }
            long[] read = Arrays.stream(
                            text.substring(list.length() + 1, text.length() - 1).split(",:?", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            if (read.length != numbers || !of(list, read).equals(cursor)) {
                throw new NumberFormatException();
            }
            return read;
        } catch (IllegalArgumentException none) { // a NumberFormatException too
            throw Declined.field(Why.CURSOR, "cursor");
        }
    }

    /** One number. @param first where the list begins */
    public static long after(PageRequest page, String list, long first) {
        long[] numbers = read(page.cursor(), list, 1);
        return numbers == null ? first : numbers[0];
    }
}
