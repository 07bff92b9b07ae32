package io.alohubsync.operate.acts;

/** The acts of the audit: the check of its column lists the same. */
public enum Act {
    RETRY,
    HOLD,
    RELEASE,
    PAUSE,
    RESUME,
    RESYNC,
    IMPORT,
    BACKFILL,
    CORRECT,
    UNMASK,
    EXPORT,
    LOGIN,
    LOGIN_REFUSED,
    LOGOUT,
    TOKEN_ISSUED,
    TOKEN_REVOKED,
    BULK_STARTED,
    BULK_STOPPED,
    BULK_ENDED
}
