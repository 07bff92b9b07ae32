/** From outbox rows to customers: normalise, merge, mark the rows with their fate. */
@NullMarked
package io.alohubsync.intake;

import org.jspecify.annotations.NullMarked;
