/** One Alohub tenant: its key, its gate, and where replicas agree about them. */
@NullMarked
package io.alohubsync.account;

import org.jspecify.annotations.NullMarked;
