/**
 * What people see and do, for console and API alike: reads, acts on customers and accounts, acts on
 * many, and the audit.
 */
@NullMarked
package io.alohubsync.operate;

import org.jspecify.annotations.NullMarked;
