/** The figures of all accounts on one page. */
@NullMarked
package io.alohubsync.operate.overview;

import org.jspecify.annotations.NullMarked;
