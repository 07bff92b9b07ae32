package io.alohubsync.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Work that is repeated: by a thread of its own, or by the schedule. */
public interface Repeated {

    String name();

    /** It may begin another round, and has begun one lately. */
    boolean isAlive(Duration lately);

    /** Why the last round, which began lately, could not write; null: it could, or failed otherwise. */
    @Nullable
    String cannotWrite();

    /** @return seconds since it last began a round; at least 0, it grows while no round begins */
    double ageSeconds();
}
