package io.alohubsync.alohub;

import io.alohubsync.account.ApiKey;
import io.alohubsync.config.ProxyAddress;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Calls Alohub for one account with one key. A call ends by its deadline, whatever happens: then
 * its connection is closed. Neither this class nor the pool retries a call.
 */
public final class LeadClient implements Closeable {

    private static final int MAX_HEADERS = 32 * 1024;
    private static final int MAX_STATUS_LINE = 8 * 1024;

    /**
     * A call that is given up before it has a connection would keep that connection for ever
     * (Quarkus 3.33.2, ClientSendRequestHandler: it returns without a reset). The request's own
     * timeout frees it, this long after D.
     */
    private static final long GIVEN_UP_MILLIS = 1000;

    private final LeadApi api;
    private final CallsInFlight calls;
    private final ApiKey key;
    private final AnswerReader reader;

    private LeadClient(LeadApi api, CallsInFlight calls, ApiKey key, AnswerReader reader) {
        this.api = api;
        this.calls = calls;
        this.key = key;
        this.reader = reader;
    }

    /**
     * @param keyHeader name of the header that carries the key
     * @param timers    of the event loop on which the calls are made
     */
    public static LeadClient of(URI baseUri, ApiKey key, String keyHeader, CallRules rules, Vertx timers) {
        long deadlineMillis = rules.deadline().toMillis();
        // Connecting ends long before D, so that a call rarely ends without a connection.
        long connectMillis = Math.max(1, Math.min(10_000, deadlineMillis / 2));
        Connections connections = new Connections(rules.connections(), rules.deadline(), timers, System::nanoTime);
        LeadApi api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(baseUri)
                .followRedirects(false) // the key must not follow
                .disableDefaultMapper(true)
                .enableCompression(false)
                .connectTimeout(connectMillis, TimeUnit.MILLISECONDS)
                .readTimeout(deadlineMillis + GIVEN_UP_MILLIS, TimeUnit.MILLISECONDS)
                .userAgent("alohub-sync")
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, rules.atATime())
                .property(QuarkusRestClientProperties.DISABLE_CONTEXTUAL_ERROR_MESSAGES, true)
                .httpClientOptionsCustomizer(options ->
                        customize(options, connectMillis, rules.connections().proxy()))
                .httpClientRequestCustomizer(
                        withHeader(keyHeader, key.value()).andThen(connections).andThen(new AnswerLimit()))
                .build(LeadApi.class);
        CallsInFlight calls = new CallsInFlight(
                rules.deadline(), (task, millis) -> timers.setTimer(millis, timer -> task.run()), System::nanoTime);
        return new LeadClient(api, calls, key, rules.reader());
    }

    private static void customize(HttpClientOptions options, long connectMillis, @Nullable ProxyAddress proxy) {
        options.setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setKeepAliveTimeout(0) // Connections closes them
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_STATUS_LINE);
        if (proxy != null) {
            options.setProxyOptions(new ProxyOptions()
                    .setType(ProxyType.HTTP)
                    .setHost(proxy.host())
                    .setPort(proxy.port())
                    .setUsername(proxy.user())
                    .setPassword(proxy.password()));
        }
    }

    /** Below the declarative client, whose filters would build their context for each call. */
    private static Consumer<HttpClientRequest> withHeader(String name, String value) {
        return request -> request.putHeader(name, value);
    }

    public ApiKey key() {
        return key;
    }

    /** @param now the moment of the answer; @param lead that was sent */
    public Outcome read(Answer answer, Instant now, Lead lead) {
        return reader.read(answer, now, key, lead);
    }

    /**
     * Begins a call. To be called on the event loop, where the reply comes too: once, at the latest
     * when the deadline is over.
     *
     * @throws RuntimeException the call could not be made; there will be no reply
     */
    public void upsert(Lead lead, Consumer<Reply> replied) {
        calls.begin(api.upsert(lead.json()), replied);
    }

    /** The same, as a part of a trace: the header traceparent names it. */
    public void upsert(Lead lead, String traceparent, Consumer<Reply> replied) {
        calls.begin(api.upsert(traceparent, lead.json()), replied);
    }

    /** Ends the calls in flight and closes their connections: their outcome is unknown. */
    public void giveUp() {
        calls.giveUp("alohub-sync was stopped while it waited for the answer");
    }

    @Override
    public void close() throws IOException {
        ((Closeable) api).close();
    }
}
