package io.alohubsync.access;

import io.alohubsync.operate.Way;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Logins as texts, to be sealed into a cookie: replicas keep no state of them. Immutable. */
final class Sessions {

    static final String COOKIE = "__Host-alohub-session";
    static final String PURPOSE = "session"; // of the seal: no other text passes for a login

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SEPARATOR = "\n"; // in none of the parts
    private static final int PARTS = 6;

    /**
     * @param role  of the single sign-on; of the users file as it was, the file decides
     * @param stamp of the users file: {@link Users.User#stamp}
     */
    record Session(String name, Way way, String role, String stamp, String id, Instant until) {}

    private final Clock clock;
    private final Duration length;

    Sessions(Clock clock, Duration length) {
        this.clock = clock;
        this.length = length;
    }

    Session begin(String name, Way way, String role, String stamp) {
        byte[] id = new byte[16];
        RANDOM.nextBytes(id);
        return new Session(
                name,
                way,
                role,
                stamp,
                HexFormat.of().formatHex(id),
                clock.instant().plus(length));
    }

    static String text(Session session) {
        return String.join(
                SEPARATOR,
                session.name(),
                session.way().name(),
                session.role(),
                session.stamp(),
                session.id(),
                String.valueOf(session.until().getEpochSecond()));
    }

    /** @return null: it is over, or none */
    @Nullable
    Session read(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != PARTS) {
            return null;
        }
        Instant until = Instant.ofEpochSecond(Long.parseLong(parts[5]));
        Way way = way(parts[1]);
        return way != null && clock.instant().isBefore(until)
                ? new Session(parts[0], way, parts[2], parts[3], parts[4], until)
                : null;
    }

    /** @return null: another version of the program named it */
    private static @Nullable Way way(String name) {
        return Arrays.stream(Way.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
