/** What people do to customers and accounts, and the audit of it. */
@NullMarked
package io.alohubsync.operate.acts;

import org.jspecify.annotations.NullMarked;
