package io.alohubsync.notify;

/** A way to tell. */
enum Channel {
    MAIL,
    WEBHOOK
}
