/**
 * Named SQL, short transactions, and what a failure of the database means. Independent of the
 * tables.
 */
@NullMarked
package io.alohubsync.jdbc;

import org.jspecify.annotations.NullMarked;
