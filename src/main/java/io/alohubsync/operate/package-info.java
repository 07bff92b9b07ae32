/**
 * What people see and do, for console and API alike. This package holds what the ideas in the
 * packages below it share: the database for people, who acts, what may be seen, pages of a list,
 * and refusals.
 */
@NullMarked
package io.alohubsync.operate;

import org.jspecify.annotations.NullMarked;
