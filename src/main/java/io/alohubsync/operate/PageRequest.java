package io.alohubsync.operate;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param cursor of the page before; null: the first page
 */
public record PageRequest(int size, @Nullable String cursor) {

    public static final int MOST = 200;
    public static final int USUAL = 50;

    public PageRequest {
        if (size < 1 || size > MOST) {
            throw Declined.field(Why.PAGE_SIZE, "limit");
        }
    }

    /** @param size null: the usual one */
    public static PageRequest of(@Nullable Integer size, @Nullable String cursor) {
        return new PageRequest(size == null ? USUAL : size, cursor == null || cursor.isEmpty() ? null : cursor);
    }

    /** The beginning of a list. */
    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }
}
