/** The command {@code resync}: delivered customers are sent once more. */
@NullMarked
package io.alohubsync.cli.resync;

import org.jspecify.annotations.NullMarked;
