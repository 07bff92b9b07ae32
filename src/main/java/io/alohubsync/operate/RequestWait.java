package io.alohubsync.operate;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long one request has waited for the database: its pieces of work share the time of an answer.
 * It is kept in the request's own context of Vert.x, which follows the request over its threads.
 * Work of no request has the whole time for each piece.
 */
public final class RequestWait {

    private static final String KEY = RequestWait.class.getName();

    private RequestWait() {}

    public static void begin() {
        if (VertxContext.isOnDuplicatedContext()) {
            ContextLocals.put(KEY, new AtomicLong());
        }
    }

    /** The request or its answer comes in parts: each has the whole time from here on. */
    public static void ofEachPart() {
        if (VertxContext.isOnDuplicatedContext()) {
            ContextLocals.remove(KEY);
        }
    }

    /** Nanoseconds; to be added to. */
    static AtomicLong soFar() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY, new AtomicLong()) : new AtomicLong();
    }
}
