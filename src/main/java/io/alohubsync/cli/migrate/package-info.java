/**
 * The command {@code migrate}: brings the schema up to date, says what it would do, or checks what
 * was done.
 */
@NullMarked
package io.alohubsync.cli.migrate;

import org.jspecify.annotations.NullMarked;
