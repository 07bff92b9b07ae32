/** Acts on many customers, made in steps. */
@NullMarked
package io.alohubsync.operate.bulk;

import org.jspecify.annotations.NullMarked;
