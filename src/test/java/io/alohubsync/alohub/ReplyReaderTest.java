package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyReaderTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        "is not trusted; trust", handshake(new CertPathBuilderException("unable to find valid path"))),
                Arguments.of("has expired", handshake(new CertificateExpiredException("NotAfter"))),
                Arguments.of(
                        "is for another name; set", handshake(new CertificateException("No name matching a found"))),
                Arguments.of("does not speak TLS at this port", new NotSslRecordException("not an SSL/TLS record: 48")),
                Arguments.of(
                        "does not speak TLS at this port", handshake(new SSLException("not an SSL/TLS record: 48"))),
                Arguments.of(
                        "did not end in time", new SslHandshakeTimeoutException("handshake timed out after 10000ms")),
                Arguments.of(
                        "broken off (protocol_version)",
                        new SSLHandshakeException("Received fatal alert: protocol_version")),
                Arguments.of("broken off; check", handshake(new IOException("reset"))));
    }

    private static SSLHandshakeException handshake(Exception cause) {
        SSLHandshakeException failed = new SSLHandshakeException("Failed to create SSL connection");
        failed.initCause(cause);
        return failed;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failed_handshake_says_what_it_is_and_what_to_do(String expected, Exception failure) {
        Reply.Unanswered reply = assertInstanceOf(Reply.Unanswered.class, ReplyReader.of(new IOException(failure)));
        Outcome.NotSent notSent = assertInstanceOf(Outcome.NotSent.class, reply.outcome());
        assertTrue(notSent.words().startsWith("TLS failed: "), notSent.words());
        assertTrue(notSent.words().contains(expected), notSent.words());
    }

    @Test
    void a_failure_of_tls_after_the_handshake_may_come_after_the_request() {
        Reply.Unanswered reply =
                assertInstanceOf(Reply.Unanswered.class, ReplyReader.of(new SSLException("closing inbound")));
        assertEquals("Unknown", reply.outcome().getClass().getSimpleName());
    }
}
