/**
 * Notifications by mail and webhook: what is wrong, and when it is in order again. Off unless
 * configured.
 */
@NullMarked
package io.alohubsync.notify;

import org.jspecify.annotations.NullMarked;
