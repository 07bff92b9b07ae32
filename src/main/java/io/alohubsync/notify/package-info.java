/** Notifications: tells people by mail and webhook what is wrong, and that it is well again. Off unless configured. */
@NullMarked
package io.alohubsync.notify;

import org.jspecify.annotations.NullMarked;
