/** The jobs of bulk actions, figures and names to search by, while the console is open. */
@NullMarked
package io.alohubsync.operate.jobs;

import org.jspecify.annotations.NullMarked;
