package io.alohubsync.observe;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.AlohubSettings.LogFormat;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Sets the log format before any other observer of the start runs, since those may log. */
@ApplicationScoped
public class LogFormatAtStart {

    void onStart(@Observes @Priority(Integer.MIN_VALUE) StartupEvent event, AlohubSettings settings) {
        if (settings.log().format() == LogFormat.JSON) {
            JsonLines.onTheConsole();
        }
    }
}
