/** The command {@code verify}: what the rows of the outbox come to, compared with the customers. */
@NullMarked
package io.alohubsync.cli.verify;

import org.jspecify.annotations.NullMarked;
