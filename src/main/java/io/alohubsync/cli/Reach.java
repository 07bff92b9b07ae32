package io.alohubsync.cli;

import io.alohubsync.config.ProxyAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Tries the way to Alohub: a connection and TLS, through the proxy where there is one. No request
 * is sent to Alohub.
 */
final class Reach {

    private static final int TIMEOUT_MILLIS = 5000;
    private static final int LONGEST_ANSWER = 8192;

    private Reach() {}

    /** @return a key of the texts that says why it can't be reached; empty: it can */
    static Optional<String> fault(URI alohub, Optional<ProxyAddress> proxy) {
        return fault(alohub, proxy, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** @param factory with the certificates that are trusted */
    static Optional<String> fault(URI alohub, Optional<ProxyAddress> proxy, SSLSocketFactory factory) {
        boolean tls = "https".equalsIgnoreCase(alohub.getScheme());
        int port = alohub.getPort() > 0 ? alohub.getPort() : tls ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(
                    proxy.map(its -> new InetSocketAddress(its.host(), its.port()))
                            .orElseGet(() -> new InetSocketAddress(host(alohub), port)),
                    TIMEOUT_MILLIS);
            if (!tls) {
                return Optional.empty();
            }
            if (proxy.isPresent() && !tunnel(socket, alohub.getHost() + ":" + port, proxy.get())) {
                return Optional.of("reach.tunnel");
            }
            shakeHands(factory, socket, host(alohub), port);
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of(proxy.isPresent() && !(failure instanceof SSLException) ? "reach.proxy" : why(failure));
        }
    }

    private static String host(URI address) {
        return address.getHost().replaceAll("[\\[\\]]", "");
    }

    private static void shakeHands(SSLSocketFactory factory, Socket socket, String host, int port) throws IOException {
        try (SSLSocket secure = (SSLSocket) factory.createSocket(socket, host, port, true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
        }
    }

    private static boolean tunnel(Socket socket, String to, ProxyAddress proxy) throws IOException {
        StringBuilder request = new StringBuilder("CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n");
        if (proxy.user() != null) {
            String login = proxy.user() + ":" + (proxy.password() == null ? "" : proxy.password());
            request.append("Proxy-Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                    .append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        return head(socket.getInputStream()).matches("HTTP/1\\.[01] 2[0-9][0-9][\\s\\S]*");
    }

    private static String head(InputStream answer) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = answer.read(); next >= 0 && head.length() < LONGEST_ANSWER; next = answer.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static String why(IOException failure) {
        return switch (failure) {
            case UnknownHostException noName -> "reach.name";
            case SocketTimeoutException silent -> "reach.silent";
            case SSLException refused -> certificate(refused);
            case ConnectException refused -> "reach.refused";
            default -> "reach.broken";
        };
    }

    /** What is wrong with the certificate, if it is that. */
    private static String certificate(SSLException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return "reach.expired";
            }
            if (cause instanceof CertPathBuilderException) {
                return "reach.untrusted";
            }
        }
        return refused.getCause() instanceof CertificateException ? "reach.other-name" : "reach.tls";
    }
}
