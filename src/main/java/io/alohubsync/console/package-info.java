/** The page that people look at. Shows no personal data beyond the last three digits of a phone. */
@NullMarked
package io.alohubsync.console;

import org.jspecify.annotations.NullMarked;
