package io.alohubsync.loop;

import io.vertx.core.Context;

/** The one thread on which an account's calls are made and answered. */
public interface EventLoop {

    void run(Runnable task);

    void after(long millis, Runnable task);

    static EventLoop of(Context context) {
        return new EventLoop() {
            @Override
            public void run(Runnable task) {
                context.runOnContext(nothing -> task.run());
            }

            @Override
            public void after(long millis, Runnable task) {
                context.owner().setTimer(millis, timer -> task.run());
            }
        };
    }
}
