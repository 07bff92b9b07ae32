/**
 * Imports a file of customers: a preview first, then outbox rows, with the progress kept beside
 * them. It depends on no way in.
 */
@NullMarked
package io.alohubsync.spreadsheet;

import org.jspecify.annotations.NullMarked;
