package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsFaultTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        TlsFault.UNTRUSTED, new CertificateException(new CertPathBuilderException("unable to find"))),
                Arguments.of(TlsFault.UNTRUSTED, new CertificateException("No trusted certificate found")),
                Arguments.of(TlsFault.UNTRUSTED, new CertPathValidatorException("path does not chain")),
                Arguments.of(
                        TlsFault.EXPIRED,
                        new CertPathValidatorException(
                                "validity check failed", new CertificateExpiredException("NotAfter: …"))),
                Arguments.of(TlsFault.EXPIRED, new CertificateNotYetValidException("NotBefore: …")),
                Arguments.of(TlsFault.OTHER_NAME, new CertificateException("No name matching a.vn found")),
                Arguments.of(
                        TlsFault.OTHER_NAME,
                        new CertificateException("No subject alternative DNS name matching a.vn found.")),
                Arguments.of(
                        TlsFault.OTHER_NAME,
                        new CertificateException("No subject alternative names matching IP address 127.0.0.1 found")),
                Arguments.of(TlsFault.NO_TLS, new SSLException("not an SSL/TLS record: 485454502f")),
                Arguments.of(TlsFault.NO_TLS, new SSLException("Unsupported or unrecognized SSL message")),
                Arguments.of(TlsFault.SLOW, new SSLException("handshake timed out after 10000ms")),
                Arguments.of(TlsFault.BROKEN_OFF, new SSLException("Received fatal alert: protocol_version")),
                Arguments.of(
                        TlsFault.BROKEN_OFF,
                        new SSLException("Connection closed while SSL/TLS handshake was in progress")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void the_innermost_cause_decides(TlsFault expected, Exception cause) {
        assertEquals(expected, TlsFault.of(cause));
        SSLHandshakeException outer = new SSLHandshakeException("Failed to create SSL connection");
        outer.initCause(cause);
        assertEquals(expected, TlsFault.of(outer));
        assertEquals(expected, TlsFault.of(new IOException("no answer", outer)));
    }

    @Test
    void other_failures_are_none() {
        assertNull(TlsFault.of(new ConnectException("refused")));
        assertNull(TlsFault.of(new IOException("reset")));
    }
}
