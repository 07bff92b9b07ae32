package io.alohubsync.daemon;

import io.alohubsync.loop.Fault;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Ends the process when a thread of a library ran out of memory: Vert.x, Netty and the pages catch
 * whatever is thrown and log it. The shipped options have {@code -XX:+ExitOnOutOfMemoryError}; this
 * class is for a JVM that was started without it.
 */
@ApplicationScoped
class EndsWithoutMemory {

    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(EndsWithoutMemory.class);

    void onStart(@Observes StartupEvent event) {
        Fault.prepareForOutOfMemory();
        Thread.setDefaultUncaughtExceptionHandler(EndsWithoutMemory::uncaught);
        Logger.getLogger("").addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getThrown() != null) {
                    Fault.endIfOutOfMemory(line.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    /** For code that caught the error and failed again while it logged. */
    private static void uncaught(Thread thread, Throwable thrown) {
        Fault.endIfOutOfMemory(thrown);
        LOG.errorf(Fault.withoutMessages(thrown), "The thread %s ended by a fault", thread.getName());
    }
}
