package io.alohubsync.alohub;

import org.jspecify.annotations.Nullable;

/**
 * What came back over HTTP.
 *
 * @param body at most {@link #MAX_BODY} bytes of it
 * @param cut  there was more
 */
public record Answer(
        int status,
        @Nullable String contentType,
        @Nullable String retryAfter,
        @Nullable String location,
        byte[] body,
        boolean cut) {

    /** Bytes of an answer that are read at most. */
    public static final int MAX_BODY = 64 * 1024;
}
