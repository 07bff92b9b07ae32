/**
 * Loops and what wakes them, the clocks that they read, and what a fault in one leads to; where a
 * scan of an index begins, and which rows it may find locked.
 */
@NullMarked
package io.alohubsync.loop;

import org.jspecify.annotations.NullMarked;
