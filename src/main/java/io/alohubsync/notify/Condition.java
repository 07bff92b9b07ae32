package io.alohubsync.notify;

/** What a look at a topic comes to. */
enum Condition {
    GOOD,
    BAD,
    /** Neither: what was seen before still counts. */
    UNKNOWN,
    /** What was seen before ends, and nothing is sent. */
    PAUSED_BY_PERSON;

    static Condition of(boolean bad) {
        return bad ? BAD : GOOD;
    }
}
