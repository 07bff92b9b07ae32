/**
 * What a phone, a name and an e-mail are: from the mess that sources write to the one canonical form, with every repair
 * and rejection named. Pure: no clock, no database, no container.
 */
@NullMarked
package io.alohubsync.phone;

import org.jspecify.annotations.NullMarked;
