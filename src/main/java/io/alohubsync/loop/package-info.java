/** Loops and what wakes them; where a scan of an index begins. */
@NullMarked
package io.alohubsync.loop;

import org.jspecify.annotations.NullMarked;
