package io.alohubsync.alohub;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops an answer after {@link Answer#MAX_BODY} bytes and closes its connection: the client would
 * hold all of it in memory. The failure carries the bytes received until then, {@link TooLong}.
 */
final class AnswerLimit implements Consumer<HttpClientRequest> {

    /** The cause of the call's failure; not an error of its own, so without a stack. */
    static final class TooLong extends RuntimeException {
        final transient Answer answer;

        TooLong(Answer answer) {
            super("the answer is longer than " + Answer.MAX_BODY + " bytes", null, false, false);
            this.answer = answer;
        }

        static @Nullable TooLong in(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof TooLong tooLong) {
                    return tooLong;
                }
            }
            return null;
        }
    }

    @Override
    public void accept(HttpClientRequest request) {
        request.response().onSuccess(response -> {
            if (response.statusCode() / 100 == 1) { // the final answer would be read as that of the next call
                request.connection().close();
            } else if (!isShort(response)) {
                limit(request, response);
            }
        });
    }

    /** A declared length within the limit needs no check: the protocol ends the body there. */
    private static boolean isShort(HttpClientResponse response) {
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.length() <= 5 && Integer.parseInt(length) <= Answer.MAX_BODY;
    }

    private static void limit(HttpClientRequest request, HttpClientResponse response) {
        Buffer kept = Buffer.buffer();
        response.handler(chunk -> {
            int room = Answer.MAX_BODY - kept.length();
            if (chunk.length() <= room) {
                kept.appendBuffer(chunk);
            } else if (room >= 0) {
                kept.appendBuffer(chunk, 0, room);
                request.reset(0, new TooLong(answer(response, kept.getBytes())));
            }
        });
    }

    private static Answer answer(HttpClientResponse response, byte[] raw) {
        Content content = Content.of(raw, response.getHeader(HttpHeaders.CONTENT_ENCODING), true);
        return new Answer(
                response.statusCode(),
                response.getHeader(HttpHeaders.CONTENT_TYPE),
                RetryAfter.of(response.getHeader("Retry-After"), response.getHeader(HttpHeaders.DATE)),
                response.getHeader(HttpHeaders.LOCATION),
                content.bytes(),
                content.cut(),
                content.garbled());
    }
}
