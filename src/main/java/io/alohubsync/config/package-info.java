/**
 * The settings, what is wrong with them in plain words, and the clock. Every other package may
 * import this one.
 */
@NullMarked
package io.alohubsync.config;

import org.jspecify.annotations.NullMarked;
