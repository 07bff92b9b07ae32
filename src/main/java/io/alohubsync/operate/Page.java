package io.alohubsync.operate;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. It may hold fewer entries than were asked for, and still not be the last: a
 * list that filters looks at a bounded number of rows at a time.
 *
 * @param next the cursor of the page behind it; null: this is the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /**
     * @param found  one more than the page holds, where there are more
     * @param cursor behind an entry
     */
    public static <T> Page<T> of(List<T> found, int size, Function<T, String> cursor) {
        return found.size() <= size
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, size), cursor.apply(found.get(size - 1)));
    }
}
