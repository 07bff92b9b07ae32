/** The command {@code intake}: what a payload would become. */
@NullMarked
package io.alohubsync.cli.intake;

import org.jspecify.annotations.NullMarked;
