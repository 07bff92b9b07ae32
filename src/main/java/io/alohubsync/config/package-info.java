/** The settings, and what is wrong with them in plain words. Every other room may import this one. */
@NullMarked
package io.alohubsync.config;

import org.jspecify.annotations.NullMarked;
