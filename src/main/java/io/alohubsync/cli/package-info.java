/**
 * Commands: what the program does instead of running, when it is started with the command's name.
 */
@NullMarked
package io.alohubsync.cli;

import org.jspecify.annotations.NullMarked;
