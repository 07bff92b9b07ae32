package io.alohubsync.notify;

/** By what a notification is sent. */
enum Channel {
    MAIL,
    WEBHOOK
}
