/** The settings, what is wrong with them in plain words, and the clock. Everything else may import this room. */
@NullMarked
package io.alohubsync.config;

import org.jspecify.annotations.NullMarked;
