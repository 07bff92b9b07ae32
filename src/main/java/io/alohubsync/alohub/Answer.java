package io.alohubsync.alohub;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer, its content decoded.
 *
 * @param body    at most {@link #MAX_BODY} bytes of it
 * @param cut     there was more
 * @param garbled its content is compressed and can't be decoded; the body is empty then
 */
public record Answer(
        int status,
        @Nullable String contentType,
        @Nullable RetryAfter retryAfter,
        @Nullable String location,
        byte[] body,
        boolean cut,
        boolean garbled) {

    /** Bytes of an answer that are read at most, after decompression too. */
    public static final int MAX_BODY = 64 * 1024;
}
