/** The documents of this version, as pages in the reader's language. */
@NullMarked
package io.alohubsync.docs;

import org.jspecify.annotations.NullMarked;
