/** Deletes outbox rows and attempts that are final and old. */
@NullMarked
package io.alohubsync.retention;

import org.jspecify.annotations.NullMarked;
