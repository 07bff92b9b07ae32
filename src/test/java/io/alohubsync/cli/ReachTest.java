package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.ProxyAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to Alohub that doctor tries: servers with TLS, and a proxy. */
class ReachTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final List<ServerSocket> OPEN = new ArrayList<>();

    @TempDir
    static Path folder;

    private static KeyStore keys;
    private static SSLSocketFactory trusting;
    private static int good;
    private static int expired;

    /** A CA, a certificate of localhost that it has signed, and one that expired. */
    @BeforeAll
    static void servers() throws Exception {
        keytool("-alias", "ca", "-dname", "CN=Own CA", "-ext", "bc:c", "-startdate", "-30d");
        keytool("-alias", "good", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-signer", "ca");
        keytool(
                "-alias",
                "expired",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-signer",
                "ca",
                "-startdate",
                "-20d",
                "-validity",
                "5");
        keys = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        trusting = client.getSocketFactory();
        good = tlsServer("good");
        expired = tlsServer("expired");
    }

    private static void keytool(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                "changeit"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @AfterAll
    static void close() throws IOException {
        for (ServerSocket server : OPEN) {
            server.close();
        }
    }

    private interface Conversation {
        void with(Socket client) throws Exception;
    }

    /** @return its port */
    private static int server(ServerSocket server, Conversation conversation) {
        OPEN.add(server);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    conversation.with(client);
                } catch (Exception refusedOrClosed) {
                    // what the client says of it is the test
                }
            }
        });
        return server.getLocalPort();
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static int tlsServer(String alias) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(alias, keys.getKey(alias, PASSWORD), PASSWORD, keys.getCertificateChain(alias));
        KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), null, null);
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        return server(socket, client -> ((SSLSocket) client).startHandshake());
    }

    private static Optional<String> fault(String address) {
        return Reach.fault(URI.create(address), Optional.empty(), trusting);
    }

    @Test
    void a_server_with_a_trusted_certificate_for_its_name_is_reached() {
        assertEquals(Optional.empty(), fault("https://localhost:" + good));
    }

    @Test
    void each_fault_of_a_certificate_is_distinguished() {
        assertEquals(Optional.of("reach.other-name"), fault("https://127.0.0.1:" + good));
        assertEquals(Optional.of("reach.expired"), fault("https://localhost:" + expired));
        assertEquals(
                Optional.of("reach.untrusted"),
                Reach.fault(URI.create("https://localhost:" + good), Optional.empty()),
                "by what this machine trusts");
    }

    @Test
    void a_server_that_speaks_no_tls_or_is_not_there_is_distinguished_too() throws Exception {
        int http = server(
                plain(),
                client -> client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(Optional.of("reach.tls"), fault("https://localhost:" + http));
        assertEquals(Optional.empty(), fault("http://localhost:" + http));
        ServerSocket closed = plain();
        closed.close();
        assertEquals(Optional.of("reach.refused"), fault("https://localhost:" + closed.getLocalPort()));
        assertEquals(Optional.of("reach.name"), fault("https://no-such-host.invalid"));
    }

    @Test
    void a_proxy_is_asked_for_the_way_with_its_login() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        int proxy = server(plain(), client -> {
            asked.add(head(client.getInputStream()));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try (Socket there = new Socket(InetAddress.getLoopbackAddress(), good)) {
                Thread back = Thread.ofVirtual().start(() -> copy(there, client));
                copy(client, there);
                back.join();
            }
        });
        assertEquals(
                Optional.empty(),
                Reach.fault(
                        URI.create("https://localhost:" + good),
                        Optional.of(new ProxyAddress("127.0.0.1", proxy, "an", "secret")),
                        trusting));
        String head = asked.take();
        assertTrue(head.startsWith("CONNECT localhost:" + good + " HTTP/1.1\r\n"), head);
        assertTrue(head.contains("Proxy-Authorization: Basic YW46c2VjcmV0\r\n"), head);
    }

    @Test
    void a_proxy_that_refuses_or_is_not_there_is_named() throws Exception {
        int refusing = server(plain(), client -> {
            head(client.getInputStream());
            client.getOutputStream()
                    .write("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        assertEquals(Optional.of("reach.tunnel"), throughProxy(refusing));
        ServerSocket closed = plain();
        closed.close();
        assertEquals(Optional.of("reach.proxy"), throughProxy(closed.getLocalPort()));
    }

    private static Optional<String> throughProxy(int port) {
        return Reach.fault(
                URI.create("https://localhost:" + good),
                Optional.of(new ProxyAddress("127.0.0.1", port, null, null)),
                trusting);
    }

    private static String head(InputStream from) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = from.read(); next >= 0; next = from.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException closed) {
            // the other side has gone
        }
    }
}
