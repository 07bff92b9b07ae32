/**
 * Files that people upload to be imported: kept in the database until a replica has previewed and,
 * once confirmed, imported them.
 */
@NullMarked
package io.alohubsync.operate.upload;

import org.jspecify.annotations.NullMarked;
