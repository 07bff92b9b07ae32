/** Files of customers: which kind and encoding, their lines as text, and which column is which. */
@NullMarked
package io.alohubsync.spreadsheet.read;

import org.jspecify.annotations.NullMarked;
