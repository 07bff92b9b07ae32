package io.alohubsync.loop;

import java.time.Duration;

/** Work that is repeated: by a thread of its own, or by the schedule. */
public interface Repeated {

    String name();

    /** It may begin another round, and has begun one lately. */
    boolean isAlive(Duration lately);

    /** The last round began lately, and ended because the database's disk is full. */
    boolean foundDiskFull();

    /** @return seconds since it last began a round; at least 0, it grows while no round begins */
    double ageSeconds();
}
