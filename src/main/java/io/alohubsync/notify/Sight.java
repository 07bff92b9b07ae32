package io.alohubsync.notify;

/** What a look at a topic comes to. */
enum Sight {
    WELL,
    WRONG,
    /** Neither: what was seen before still counts. */
    UNCLEAR,
    /** So meant by a person: what was seen before ends, and nothing is sent. */
    SET_ASIDE;

    static Sight of(boolean wrong) {
        return wrong ? WRONG : WELL;
    }
}
