/**
 * From new outbox rows to customers: find and lock rows, normalise, merge, mark the rows, lease
 * what may go out at once.
 */
@NullMarked
package io.alohubsync.merge;

import org.jspecify.annotations.NullMarked;
