/**
 * Alohub as seen from here: the REST client, the lead, and the reading of answers into outcomes.
 */
@NullMarked
package io.alohubsync.alohub;

import org.jspecify.annotations.NullMarked;
