package io.alohubsync.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer that is written while it is read from the database. If that fails half-way, its
 * connection is closed first: an error page behind what was written would end the answer regularly,
 * and a file that was cut anywhere would look whole. The thread of the request writes and waits; it
 * keeps nothing.
 */
public final class Streamed {

    /** A client that has read nothing for so long is closed anyway (quarkus.http.idle-timeout). */
    private static final long PATIENCE_SECONDS = 30;

    private Streamed() {}

    /** To be written by a thread that may wait. */
    public static StreamingOutput of(HttpServerRequest request, StreamingOutput answer) {
        return to -> {
            try {
                answer.write(to);
            } catch (IOException | RuntimeException | Error failure) {
                if (request.response().headWritten()) {
                    close(request, failure);
                }
                throw failure;
            }
        };
    }

    /** As {@link #of}, to be saved as a file. */
    public static Response csv(HttpServerRequest request, StreamingOutput answer, String name) {
        return Response.ok(of(request, answer), "text/csv; charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    /** Closed behind what was written: a client may read slowly. */
    private static void close(HttpServerRequest request, Throwable failure) {
        try {
            request.connection()
                    .close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException gone) {
            failure.addSuppressed(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
