/** One Alohub tenant: its settings, its key, its registration, and the names of its states. */
@NullMarked
package io.alohubsync.account;

import org.jspecify.annotations.NullMarked;
