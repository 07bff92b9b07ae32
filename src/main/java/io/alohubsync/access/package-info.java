/** Who may see and do what: users, sessions, roles, tokens of the API. */
@NullMarked
package io.alohubsync.access;

import org.jspecify.annotations.NullMarked;
