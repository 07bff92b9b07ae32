/** The database before the work begins: the right server, the right user, the schema migrated. */
@NullMarked
package io.alohubsync.schema;

import org.jspecify.annotations.NullMarked;
