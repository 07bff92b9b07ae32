/** The console: pages for people who operate the daemon. */
@NullMarked
package io.alohubsync.console;

import org.jspecify.annotations.NullMarked;
