package io.alohubsync.notify;

import io.alohubsync.alohub.TlsFault;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What kept a message from being sent.
 *
 * @param status    of the answer; 0: there was none
 * @param addresses places of those that do not have the mail, with the mail server's answers;
 *                  empty: none has it
 */
public record Obstacle(Kind kind, int status, String addresses) {

    Obstacle(Kind kind, int status) {
        this(kind, status, "");
    }

    public enum Kind {
        /** The host's name is unknown. */
        NAME,
        REFUSED,
        SILENT,
        /** The connection ended in between. */
        BROKEN,
        UNTRUSTED,
        EXPIRED,
        OTHER_NAME,
        /** What answers at the port speaks no TLS. */
        NO_TLS,
        TLS,
        NO_START_TLS,
        /** The mail server takes no mail from this login, or from none. */
        LOGIN,
        /** The mail server refuses sender or receiver, or the mail. */
        MAIL_REFUSED,
        /** The mail server refuses some of the receivers, and takes the mail for the others. */
        ADDRESSES_REFUSED,
        /** The mail server takes none now, or this one not yet. */
        MAIL_LATER,
        /** The receiver does not take the address or the signature. */
        DENIED,
        NO_SUCH_ADDRESS,
        REDIRECT,
        OTHER_STATUS,
        /** The file of the secret can't be read, or holds too little. */
        SECRET
    }

    /** @param failure of a mail or a request. Its innermost cause decides */
    static Obstacle of(Throwable failure) {
        Obstacle found = new Obstacle(Kind.BROKEN, 0);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPException answer && answer.getReplyCode() > 0) {
                return ofMail(answer.getReplyCode());
            }
            Kind kind = kind(cause);
            found = kind == null ? found : new Obstacle(kind, 0);
        }
        return found;
    }

    /**
     * RFC 4954: 454, 530, 534, 535 and 538 are about the login. Others from 400 to 499 pass by
     * themselves (RFC 5321).
     */
    static Obstacle ofMail(int reply) {
        return switch (reply) {
            case 454, 530, 534, 535, 538 -> new Obstacle(Kind.LOGIN, reply);
            default -> new Obstacle(reply / 100 == 4 ? Kind.MAIL_LATER : Kind.MAIL_REFUSED, reply);
        };
    }

    static Obstacle ofStatus(int status) {
        return switch (status) {
            case 401, 403, 407 -> new Obstacle(Kind.DENIED, status);
            case 404, 405, 410 -> new Obstacle(Kind.NO_SUCH_ADDRESS, status);
            default -> new Obstacle(status / 100 == 3 ? Kind.REDIRECT : Kind.OTHER_STATUS, status);
        };
    }

    /** The receiver takes others, maybe: it has read this one and does not want it. */
    boolean isOfMessage() {
        return switch (kind) {
            case OTHER_STATUS -> status == 400 || status == 413 || status == 415 || status == 422 || status == 431;
            case MAIL_LATER -> !addresses.isEmpty(); // a mailbox is full, and others have the message
            case MAIL_REFUSED -> status == 552 || status == 554;
            default -> false;
        };
    }

    private static @Nullable Kind kind(Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        return switch (cause) {
            case UnknownHostException unknown -> Kind.NAME;
            case UnresolvedAddressException unknown -> Kind.NAME;
            case CertificateException ofTls -> ofTls(ofTls);
            case CertPathBuilderException ofTls -> ofTls(ofTls);
            case CertPathValidatorException ofTls -> ofTls(ofTls);
            case SSLException ofTls -> ofTls(ofTls);
            case HttpTimeoutException late -> Kind.SILENT;
            case SocketTimeoutException late -> Kind.SILENT;
            case TimeoutException late -> Kind.SILENT;
            case ConnectException none -> said.contains("timed out") ? Kind.SILENT : Kind.REFUSED;
            default ->
                said.contains("STARTTLS")
                        ? Kind.NO_START_TLS
                        : said.contains("login") || said.contains("AUTH method") ? Kind.LOGIN : null;
        };
    }

    private static @Nullable Kind ofTls(Throwable cause) {
        TlsFault fault = TlsFault.of(cause);
        return switch (fault) {
            case UNTRUSTED -> Kind.UNTRUSTED;
            case EXPIRED -> Kind.EXPIRED;
            case OTHER_NAME -> Kind.OTHER_NAME;
            case NO_TLS -> Kind.NO_TLS;
            case SLOW, BROKEN_OFF -> Kind.TLS;
            case null -> null;
        };
    }
}
