/** The command {@code hash-password}. */
@NullMarked
package io.alohubsync.cli.password;

import org.jspecify.annotations.NullMarked;
