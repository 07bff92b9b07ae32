/** Writes what was taken in: many requests in one transaction, each with its own result. */
@NullMarked
package io.alohubsync.intake.write;

import org.jspecify.annotations.NullMarked;
