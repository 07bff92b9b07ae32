package io.alohubsync.alohub;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why TLS with another machine failed. */
public enum TlsFault {
    /** The certificate is of no authority that this machine trusts. */
    UNTRUSTED,
    /** It has expired or is not valid yet. */
    EXPIRED,
    /** It is for another name. */
    OTHER_NAME,
    /** What answers at the port speaks no TLS. */
    NO_TLS,
    /** No end of the handshake came in time. */
    SLOW,
    /** The handshake was broken off. */
    BROKEN_OFF;

    /** Of Netty and of the JDK. */
    private static final Pattern IS_NO_TLS =
            Pattern.compile("SSL/TLS record|(?i:unrecognized SSL message)|plaintext connection");

    private static final Pattern IS_NAME = Pattern.compile("(?i)\\bname|\\bIP address");

    /** The innermost cause that names one decides. @return null: it is no failure of TLS */
    public static @Nullable TlsFault of(Throwable failure) {
        TlsFault found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            TlsFault one = ofOne(cause);
            found = one == null || (one == BROKEN_OFF && found != null) ? found : one;
        }
        return found;
    }

    private static @Nullable TlsFault ofOne(Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        return switch (cause) {
            case CertificateExpiredException expired -> EXPIRED;
            case CertificateNotYetValidException early -> EXPIRED;
            case CertPathBuilderException unknown -> UNTRUSTED;
            case CertPathValidatorException broken -> UNTRUSTED;
            case CertificateException other -> IS_NAME.matcher(said).find() ? OTHER_NAME : UNTRUSTED;
            case SSLException none when IS_NO_TLS.matcher(said).find() -> NO_TLS;
            case SSLException late when said.contains("timed out") -> SLOW;
            case SSLException other -> BROKEN_OFF;
            default -> null;
        };
    }
}
