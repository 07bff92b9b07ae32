package io.alohubsync.alohub;

import io.alohubsync.account.ApiKey;
import io.alohubsync.config.Fault;
import io.alohubsync.config.ProxyAddress;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Calls Alohub for one account with one key. A call ends by its deadline, whatever happens: then its connection is closed.
 * There is no second try in here, nor in the pool below.
 */
public final class LeadClient implements Closeable {

    private static final int MAX_HEADERS = 32 * 1024;
    private static final int MAX_STATUS_LINE = 8 * 1024;

    /**
     * A call that is given up before it has a connection leaves that connection in the pool, taken for ever (Quarkus 3.33.2,
     * ClientSendRequestHandler: it returns without a reset). This long after D the request's own timeout frees it.
     */
    private static final long GIVEN_UP_MILLIS = 1000;

    private static final Pattern PROXY_STATUS = Pattern.compile("status: (\\d{3})");
    private static final byte[] NOTHING = new byte[0];

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
        // Connecting ends well before D, so that a call is seldom given up without a connection.
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
        return new LeadClient(api, new CallsInFlight(rules.deadline(), timers), key, rules.reader());
    }

    private static void customize(HttpClientOptions options, long connectMillis, @Nullable ProxyAddress proxy) {
        options.setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setKeepAliveTimeout(0) // Connections knows when
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

    /** What a call came to before anybody reads it. */
    public sealed interface Reply {
        record Answered(Answer answer) implements Reply {}

        /** No answer: the outcome is known without reading. */
        record Unanswered(Outcome outcome) implements Reply {}
    }

    /**
     * Begins a call. To be called on the event loop, where the reply comes too: once, at the latest when the deadline is over.
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

    /** Gives up the calls in flight and closes their connections: what came of them is unknown. */
    public void giveUp() {
        calls.giveUp("alohub-sync was stopped while it waited for the answer");
    }

    static Reply replyOf(Response response) {
        try {
            return new Reply.Answered(read(response));
        } catch (IOException torn) {
            return new Reply.Unanswered(new Outcome.Unknown("the answer broke off"));
        }
    }

    static Reply replyOf(Throwable failure) {
        Fault.endIfOutOfMemory(failure);
        AnswerLimit.TooLong tooLong = AnswerLimit.TooLong.in(failure);
        return tooLong == null ? new Reply.Unanswered(whyUnanswered(failure)) : new Reply.Answered(tooLong.answer);
    }

    private static Answer read(Response response) throws IOException {
        try (response) {
            byte[] raw = bytes(response.getEntity());
            Content content = Content.of(raw, response.getHeaderString(HttpHeaders.CONTENT_ENCODING), false);
            return new Answer(
                    response.getStatus(),
                    response.getHeaderString(HttpHeaders.CONTENT_TYPE),
                    response.getHeaderString(HttpHeaders.RETRY_AFTER),
                    response.getHeaderString(HttpHeaders.LOCATION),
                    content.bytes(),
                    content.cut(),
                    content.garbled());
        }
    }

    /** The client has buffered all of it by now; {@code readEntity} would first allocate 16 KiB for every answer. */
    private static byte[] bytes(@Nullable Object entity) throws IOException {
        if (!(entity instanceof InputStream stream)) {
            return NOTHING;
        }
        byte[] body = new byte[stream.available()];
        stream.readNBytes(body, 0, body.length);
        return body;
    }

    /** Before the first byte of the request could leave: NotSent. Anything else may have arrived: Unknown. */
    private static Outcome whyUnanswered(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException noName -> {
                    return new Outcome.NotSent("the host's name can't be resolved");
                }
                case ProxyConnectException byProxy -> {
                    return new Outcome.NotSent("the proxy does not connect to Alohub" + statusOf(byProxy));
                }
                case ConnectException refused -> {
                    return new Outcome.NotSent("the connection was refused or not made in time");
                }
                case NoRouteToHostException noRoute -> {
                    return new Outcome.NotSent("there is no route to the host");
                }
                // Netty annotates what fails while it connects: no network, no free port.
                case SocketException early
                when early.getClass().getName().contains("Annotated") -> {
                    return new Outcome.NotSent("no connection could be begun: no network, or no free port");
                }
                // Of the handshake only: what breaks later may break behind the request.
                case SSLHandshakeException noTrust -> {
                    return new Outcome.NotSent("TLS failed: " + noTrust.getMessage());
                }
                case NotSslRecordException noTls -> {
                    return new Outcome.NotSent("the host does not speak TLS on this port");
                }
                default -> {}
            }
        }
        return new Outcome.Unknown("the connection broke before an answer came");
    }

    /** Only its message holds the status that the proxy answered with. */
    private static String statusOf(ProxyConnectException byProxy) {
        Matcher status = PROXY_STATUS.matcher(String.valueOf(byProxy.getMessage()));
        return status.find() ? " (HTTP " + status.group(1) + ")" : "";
    }

    @Override
    public void close() throws IOException {
        ((Closeable) api).close();
    }
}
