package io.alohubsync.daemon;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.AlohubSettings.LogFormat;
import io.alohubsync.delivery.Listeners;
import io.alohubsync.delivery.SettlementListener;
import io.alohubsync.merge.Merged;
import io.alohubsync.observe.ActivityLog;
import io.alohubsync.observe.AttemptLog;
import io.alohubsync.observe.Metrics;
import io.alohubsync.observe.OtelTraces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observers of this replica: connects metrics, activity log and attempt log to the events that
 * they listen to, and calls to their traces.
 */
@Singleton
class Observers {

    private final AlohubSettings settings;
    private final Metrics metrics;
    private final ActivityLog activityLog = new ActivityLog();

    /**
     * Null: they are off, and no class of OpenTelemetry is loaded. Written by the container's
     * thread at the start, read by the threads that start and stop the loops.
     */
    private volatile @Nullable OtelTraces traces;

    Observers(AlohubSettings settings, Metrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    void startTraces() {
        if (settings.tracing().enabled()) {
            traces = OtelTraces.start();
        }
    }

    void stopTraces() {
        OtelTraces started = traces;
        if (started != null) {
            started.stop();
        }
    }

    @Nullable
    OtelTraces traces() {
        return traces;
    }

    Metrics metrics() {
        return metrics;
    }

    ActivityLog activityLog() {
        return activityLog;
    }

    Listeners listeners(String account) {
        List<SettlementListener> settlements = new ArrayList<>(List.of(metrics::settled));
        if (settings.log().attempts().orElse(settings.log().format() == LogFormat.JSON)) {
            settlements.add(new AttemptLog(account)::settled);
        }
        return new Listeners(List.of(metrics.calls(account), activityLog), settlements);
    }

    void merged(Merged merged) {
        metrics.merged(merged);
        activityLog.merged(merged);
    }

    void purged(String table, int rows) {
        metrics.purged(table, rows);
        activityLog.purged(rows);
    }
}
