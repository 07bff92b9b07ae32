/**
 * Reports on the work: metrics, samples of the database, the activity log, the log of attempts,
 * traces. Listeners only.
 */
@NullMarked
package io.alohubsync.observe;

import org.jspecify.annotations.NullMarked;
