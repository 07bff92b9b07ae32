/**
 * The API of operations people, {@code /api/v1}: all that the console does, on the same services.
 */
@NullMarked
package io.alohubsync.api;

import org.jspecify.annotations.NullMarked;
