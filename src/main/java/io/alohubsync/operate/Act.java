package io.alohubsync.operate;

/** What the audit knows of: the check of its column has the same. */
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
    BULK_STOPPED
}
