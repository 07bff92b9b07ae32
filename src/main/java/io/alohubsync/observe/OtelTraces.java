package io.alohubsync.observe;

import io.alohubsync.config.SettingsProblem;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.CallTraces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records calls as OpenTelemetry spans and sends them to the receiver that the standard variables
 * name. This class loads OpenTelemetry, so the program uses it only where traces are on.
 */
public final class OtelTraces {

    private static final String CALL = "POST /api/crm/lead";
    private static final String TRACEPARENT = "traceparent";
    private static final long FLUSH_SECONDS = 2;
    private static final Pattern NAME = Pattern.compile("otel\\.[a-z.]*[a-z]");

    private static final AttributeKey<String> ACCOUNT = AttributeKey.stringKey("alohub.account");
    private static final AttributeKey<Long> REVISION = AttributeKey.longKey("alohub.revision");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("alohub.attempt");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("alohub.outcome");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

    // Defaults below the variables OTEL_…. Metrics and logs do not go through OpenTelemetry.
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "alohub-sync",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.protocol", "http/protobuf");

    /** Reads the traceparent of a row; a row has no other trace header. */
    private static final TextMapGetter<String> ROW = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return key.equals(TRACEPARENT) ? traceparent : null;
        }
    };

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private OtelTraces(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.alohubsync");
    }

    /**
     * @throws SettingsProblem a variable {@code OTEL_…} is wrong; its value is not printed, since
     *                         it may hold a password
     */
    public static OtelTraces start() {
        try {
            return new OtelTraces(AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addSpanExporterCustomizer((exporter, settings) -> new QuietExporter(exporter))
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk());
        } catch (ConfigurationException wrong) {
            Matcher name = NAME.matcher(String.valueOf(wrong.getMessage()));
            String setting = name.find() ? name.group() : "a variable OTEL_…";
            throw new SettingsProblem(List.of(setting
                    + " is not as OpenTelemetry wants it: correct it, or set alohub.tracing.enabled to false."));
        }
    }

    /** @param baseUri of Alohub, for the account */
    public CallTraces calls(String account, URI baseUri) {
        boolean https = "https".equalsIgnoreCase(baseUri.getScheme());
        long port = baseUri.getPort() >= 0 ? baseUri.getPort() : https ? 443 : 80;
        return customer -> {
            SpanBuilder span = tracer.spanBuilder(CALL)
                    .setSpanKind(SpanKind.CLIENT)
                    .setParent(parent(customer.traceparent()))
                    .setAttribute(METHOD, "POST")
                    .setAttribute(HOST, baseUri.getHost())
                    .setAttribute(PORT, port)
                    .setAttribute(ACCOUNT, account);
            return new Call(number(span, customer).startSpan());
        };
    }

    private static SpanBuilder number(SpanBuilder span, Claimed customer) {
        return span.setAttribute(REVISION, (long) customer.revision())
                .setAttribute(ATTEMPT, (long) customer.earlier().spent() + 1);
    }

    /** @param traceparent as the row has it; null: the call begins a trace */
    static Context parent(@Nullable String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, ROW);
    }

    private record Call(Span span) implements CallTraces.CallTrace {

        @Override
        public @Nullable String traceparent() {
            SpanContext own = span.getSpanContext();
            return own.isValid()
                    ? "00-" + own.getTraceId() + "-" + own.getSpanId() + "-"
                            + own.getTraceFlags().asHex()
                    : null;
        }

        @Override
        public void end(Settlement settlement) {
            String outcome = String.valueOf(settlement.outcome());
            span.setAttribute(OUTCOME, outcome);
            if (settlement.httpStatus() != null) {
                span.setAttribute(STATUS, settlement.httpStatus().longValue());
            }
            if (!settlement.isDelivered()) {
                span.setStatus(StatusCode.ERROR).setAttribute(ERROR, outcome);
            }
            span.end();
        }
    }

    /** Sends what is left, for two seconds at most. */
    public void stop() {
        sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
}
