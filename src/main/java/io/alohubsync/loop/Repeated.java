package io.alohubsync.loop;

import java.time.Duration;

/** Work that is done again and again: by a thread of its own, or when the schedule says so. */
public sealed interface Repeated permits Loop, Job {

    String name();

    /** It may begin another round, and has begun one lately. */
    boolean isAlive(Duration lately);

    /** @return seconds since it last began a round; at least 0, and it grows if nothing begins one any more */
    double ageSeconds();
}
