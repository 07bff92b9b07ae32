/** The command {@code notify-test}. */
@NullMarked
package io.alohubsync.cli.notify;

import org.jspecify.annotations.NullMarked;
