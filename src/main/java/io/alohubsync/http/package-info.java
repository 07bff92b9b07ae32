/**
 * What holds for every request, whoever answers it: bounds, headers, the reader's language, and
 * answers that are streamed.
 */
@NullMarked
package io.alohubsync.http;

import org.jspecify.annotations.NullMarked;
