/** Start, stop and health; the one place where the rooms are put together. */
@NullMarked
package io.alohubsync.daemon;

import org.jspecify.annotations.NullMarked;
