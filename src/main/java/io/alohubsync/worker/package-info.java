/** The loops: they wake, merge, claim, drain and stop, and they tell how they are. What is done in a round stands below. */
@NullMarked
package io.alohubsync.worker;

import org.jspecify.annotations.NullMarked;
