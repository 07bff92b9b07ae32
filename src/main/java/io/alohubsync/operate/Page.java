package io.alohubsync.operate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. It may hold fewer entries than were asked for, and still not be the last: a
 * list that filters looks at a bounded number of rows at a time.
 *
 * @param next the cursor of the page behind it; null: this is the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {}
