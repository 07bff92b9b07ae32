/** Access to console and API: users, sessions, roles, tokens. */
@NullMarked
package io.alohubsync.access;

import org.jspecify.annotations.NullMarked;
