package io.alohubsync.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A row that a page with filters looked at; of those that are not meant, only the last one is read.
 *
 * @param meant the filters let it through
 * @param last  the look ended with it: there may be more
 */
public record Look<T>(T line, boolean meant, boolean last) {

    /**
     * @param looked one more than the page holds at most
     * @param key    by which the list goes on
     */
    public static <T> Page<T> page(List<Look<T>> looked, int size, ToLongFunction<T> key, String list, Sight sight) {
        List<T> lines = new ArrayList<>();
        for (Look<T> look : looked) {
            if (look.meant && lines.size() == size) {
                return page(lines, key.applyAsLong(lines.getLast()), list, sight);
            }
            if (look.meant) {
                lines.add(look.line);
            }
        }
        boolean more = !looked.isEmpty() && looked.getLast().last;
        return page(lines, more ? key.applyAsLong(looked.getLast().line) : null, list, sight);
    }

    private static <T> Page<T> page(List<T> lines, @Nullable Long before, String list, Sight sight) {
        return new Page<>(sight.of(lines), before == null ? null : Cursor.of(list, before));
    }
}
