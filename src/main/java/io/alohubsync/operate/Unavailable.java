package io.alohubsync.operate;

import java.io.Serial;

/**
 * The database can't be asked now. It is no fault of the request: the same one may be answered
 * later.
 */
public final class Unavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final int SECONDS_OF_A_LOCK = 1;
    private static final int SECONDS_OF_AN_OUTAGE = 5;

    /** Each has its sentences in the console and in the API. */
    public enum Why {
        /** It can't be reached, or refuses the login. */
        AWAY,
        /** It did not answer in time, or all connections for people are in use. */
        SLOW,
        /** Another transaction holds the same customer. */
        LOCKED,
        /** The schema is not there, or older than this program. */
        NOT_MIGRATED,
        /** The daemon's user lacks a right. */
        RIGHT_MISSING
    }

    private final Why why;

    Unavailable(Why why, Throwable cause) {
        super(why.name(), cause);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /** For {@code Retry-After}. */
    public int retryAfterSeconds() {
        return why == Why.LOCKED || why == Why.SLOW ? SECONDS_OF_A_LOCK : SECONDS_OF_AN_OUTAGE;
    }
}
