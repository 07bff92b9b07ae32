package io.alohubsync.account;

import io.alohubsync.config.AlohubSettings.VersionUnit;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * What decides which of two rows of a customer is the newer one. Kept in the account's row, so that
 * every replica merges every account alike.
 *
 * @param bySourceVersion the source's own version, else the row's id
 * @param unit            what the version counts
 */
public record RowOrder(boolean bySourceVersion, VersionUnit unit) {

    public static final RowOrder BY_ID = new RowOrder(false, VersionUnit.AUTO);

    /**
     * Clocks of two machines differ by minutes, those of two time zones by hours; more is no
     * clock's slip.
     */
    private static final Duration MAX_AHEAD = Duration.ofDays(1);

    private static final long SECOND = 1_000_000_000;

    /** A version so far in the future that nothing would ever replace its values. */
    public boolean isAbsurd(long version, Instant now) {
        return BigInteger.valueOf(version).compareTo(limit(version, now.plus(MAX_AHEAD))) > 0;
    }

    private BigInteger limit(long version, Instant latest) {
        BigInteger nanos = BigInteger.valueOf(latest.getEpochSecond())
                .multiply(BigInteger.valueOf(SECOND))
                .add(BigInteger.valueOf(latest.getNano()));
        return nanos.divide(BigInteger.valueOf(nanosOf(version)));
    }

    /**
     * Even a counter stays below the nanoseconds since 1970: at a million a second it would take
     * 57,000 years.
     */
    private long nanosOf(long version) {
        return switch (unit) {
            case SECONDS -> SECOND;
            case MILLIS -> 1_000_000;
            case MICROS -> 1_000;
            case NANOS, COUNT -> 1;
            case AUTO ->
                switch (String.valueOf(version).length()) { // since 2001, to the year 9999 and beyond
                    case 10, 11, 12 -> SECOND;
                    case 13, 14, 15 -> 1_000_000;
                    case 16, 17, 18 -> 1_000;
                    default -> 1;
                };
        };
    }
}
