/** Named SQL, short transactions, and what a failure of the database means. Knows no table. */
@NullMarked
package io.alohubsync.jdbc;

import org.jspecify.annotations.NullMarked;
