/**
 * Phone, name, e-mail and version: from what sources write to one canonical form, with every repair and
 * rejection named. Pure: no clock, no database, no container.
 */
@NullMarked
package io.alohubsync.contact;

import org.jspecify.annotations.NullMarked;
