package io.alohubsync.alohub;

import io.alohubsync.loop.Fault;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Makes a reply of the client's response or failure. */
final class ReplyReader {

    private static final Pattern PROXY_STATUS = Pattern.compile("status: (\\d{3})");
    private static final Pattern ALERT = Pattern.compile("alert: ([a-z_]{3,40})");
    private static final byte[] NOTHING = new byte[0];

    private ReplyReader() {}

    static Reply of(Response response) {
        try {
            return new Reply.Answered(read(response));
        } catch (IOException torn) {
            return new Reply.Unanswered(new Outcome.Unknown("the answer broke off"));
        }
    }

    static Reply of(Throwable failure) {
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
                    RetryAfter.of(
                            response.getHeaderString(HttpHeaders.RETRY_AFTER),
                            response.getHeaderString(HttpHeaders.DATE)),
                    response.getHeaderString(HttpHeaders.LOCATION),
                    content.bytes(),
                    content.cut(),
                    content.garbled());
        }
    }

    /**
     * The client has buffered all of it by now; {@code readEntity} would first allocate 16 KiB for
     * every answer.
     */
    private static byte[] bytes(@Nullable Object entity) throws IOException {
        if (!(entity instanceof InputStream stream)) {
            return NOTHING;
        }
        byte[] body = new byte[stream.available()];
        stream.readNBytes(body, 0, body.length);
        return body;
    }

    /**
     * Before the first byte of the request could leave: NotSent. Anything else may have arrived:
     * Unknown.
     */
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
                // Netty's exceptions for a failed connection: no network, no free port.
                case SocketException early
                when early.getClass().getName().contains("Annotated") -> {
                    return new Outcome.NotSent("no connection could be begun: no network, or no free port");
                }
                // Of the handshake only: a later failure may come after the request.
                case SSLHandshakeException noTls -> {
                    return new Outcome.NotSent(sentence(noTls));
                }
                case NotSslRecordException noTls -> {
                    return new Outcome.NotSent(sentence(noTls));
                }
                default -> {}
            }
        }
        return new Outcome.Unknown("the connection broke before an answer came");
    }

    /** Names what is wrong and the remedy. */
    private static String sentence(Throwable noTls) {
        return switch (TlsFault.of(noTls)) {
            case UNTRUSTED ->
                "TLS failed: the certificate of alohub.base-url is not trusted; trust its authority with"
                        + " javax.net.ssl.trustStore (docs/kubernetes.md), or ask who runs the address or a proxy on the way";
            case EXPIRED ->
                "TLS failed: the certificate of alohub.base-url has expired or is not valid yet; have it renewed, and check"
                        + " this machine's clock";
            case OTHER_NAME ->
                "TLS failed: the certificate of alohub.base-url is for another name; set alohub.base-url to the name in it, or"
                        + " have it corrected";
            case NO_TLS ->
                "TLS failed: alohub.base-url does not speak TLS at this port; correct its port, or begin it with http: where"
                        + " the way to it is safe";
            case SLOW ->
                "TLS failed: the handshake did not end in time; check the firewall and the proxy on the way to alohub.base-url";
            case BROKEN_OFF ->
                "TLS failed: the handshake was broken off" + alert(noTls)
                        + "; check the firewall and the proxy on the way, and ask Alohub which versions of TLS it takes";
            case null -> "TLS failed";
        };
    }

    private static String alert(Throwable noTls) {
        for (Throwable cause = noTls; cause != null; cause = cause.getCause()) {
            Matcher alert = ALERT.matcher(String.valueOf(cause.getMessage()));
            if (alert.find()) {
                return " (" + alert.group(1) + ")";
            }
        }
        return "";
    }

    /** The proxy's status is in the message alone. */
    private static String statusOf(ProxyConnectException byProxy) {
        Matcher status = PROXY_STATUS.matcher(String.valueOf(byProxy.getMessage()));
        return status.find() ? " (HTTP " + status.group(1) + ")" : "";
    }
}
