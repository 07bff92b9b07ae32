/**
 * The program: where it begins. The rooms below it are listed in docs/architecture.md, in the order
 * of their imports.
 */
@NullMarked
package io.alohubsync;

import org.jspecify.annotations.NullMarked;
