package io.alohubsync.worker;

import io.alohubsync.config.Fault;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Ends the process when somebody else's thread ran out of memory: Vert.x, Netty and the pages catch whatever is thrown and log
 * it. The shipped options say {@code -XX:+ExitOnOutOfMemoryError}; this is for a JVM that was started without.
 */
@ApplicationScoped
class EndsWithoutMemory {

    void onStart(@Observes StartupEvent event) {
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
}
