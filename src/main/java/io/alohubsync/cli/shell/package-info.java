/**
 * What the commands share: the screen and its texts, the settings, exit codes and findings, and the
 * options that several of them have.
 */
@NullMarked
package io.alohubsync.cli.shell;

import org.jspecify.annotations.NullMarked;
