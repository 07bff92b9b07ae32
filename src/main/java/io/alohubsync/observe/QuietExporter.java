package io.alohubsync.observe;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Logs at most once a minute that spans could not be sent. OpenTelemetry's own words about it are
 * switched off. Any thread.
 */
final class QuietExporter implements SpanExporter {

    private static final Logger LOG = Logger.getLogger(QuietExporter.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SpanExporter exporter;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong mayTellAt = new AtomicLong(System.nanoTime());

    QuietExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                failed(spans.size());
            }
        });
        return result;
    }

    private void failed(int spans) {
        lost.addAndGet(spans);
        long now = System.nanoTime();
        long from = mayTellAt.get();
        if (now - from >= 0 && mayTellAt.compareAndSet(from, now + PAUSE_NANOS)) {
            LOG.warnf(
                    "%d spans could not be sent to the collector (OTEL_EXPORTER_OTLP_ENDPOINT) and are lost; deliveries go on",
                    lost.getAndSet(0));
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
