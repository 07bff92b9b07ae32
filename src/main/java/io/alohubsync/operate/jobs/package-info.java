/** Jobs in the background, while the console is open. */
@NullMarked
package io.alohubsync.operate.jobs;

import org.jspecify.annotations.NullMarked;
