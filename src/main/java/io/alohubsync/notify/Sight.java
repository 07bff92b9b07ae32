package io.alohubsync.notify;

/** What a look at a topic comes to. */
enum Sight {
    WELL,
    WRONG,
    /** Neither: what was seen before still counts. */
    UNCLEAR;

    static Sight of(boolean wrong) {
        return wrong ? WRONG : WELL;
    }
}
