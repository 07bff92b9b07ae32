package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Simulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The packaged daemon behind a proxy that asks for a login, and an Alohub whose certificate comes
 * from an own CA.
 */
@Execution(ExecutionMode.CONCURRENT)
class EgressIT {

    private static final byte TLS_HANDSHAKE = 22;
    private static final String HOST = "crm.alohub.test"; // only the proxy knows where it is
    private static final String PASSWORD = "p@ss:Word1";
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString(("ops:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @TempDir
    private static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private Rig rig;
    private NetServer tls;
    private HttpServer proxy;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig();
        tls = join(vertx.createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(folder.resolve("server.p12").toString())
                                .setPassword("changeit")
                                .setAlias("server")))
                .connectHandler(socket -> pipe(socket, rig.alohub.port()))
                .listen(0, "127.0.0.1"));
        proxy = join(vertx.createHttpServer().requestHandler(this::connect).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        rig.close();
        join(vertx.close());
    }

    @Test
    void it_goes_through_a_proxy_with_a_login_and_trusts_an_own_ca() throws Exception {
        Daemon daemon = rig.start(builder("http://ops:p%40ss%3AWord1@127.0.0.1:" + proxy.actualPort())
                .jvm(
                        "-Djavax.net.ssl.trustStore=" + folder.resolve("ca.p12"),
                        "-Djavax.net.ssl.trustStorePassword=changeit"));
        long row = rig.database.insert("0868793800", "Bằng", null);
        rig.awaitStatus(row, "DELIVERED");
        assertEquals(HOST + ":" + tls.actualPort() + " " + LOGIN, asked.peek());
        assertFalse(String.join("\n", daemon.output()).contains("Word1"), "the password");
    }

    @Test
    void a_proxy_that_refuses_the_login_leaves_the_attempts_unspent_and_says_so() throws Exception {
        Daemon daemon = rig.start(builder("http://ops:Wrong1@127.0.0.1:" + proxy.actualPort()));
        rig.database.insert("0868793800", "Bằng", null);
        rig.awaitState("UNREACHABLE");
        Await.until("the attempt is written", () -> rig.outcomes("+84868793800").contains("NOT_SENT"));
        assertEquals("the proxy does not connect to Alohub (HTTP 407)", rig.error("+84868793800"));
        assertEquals("0", rig.database.one("SELECT attempts FROM alohub.sync_status"));
        assertTrue(
                rig.database.one("SELECT needs_vi FROM alohub.account_status").contains("proxy"));
        assertFalse(String.join("\n", daemon.output()).contains("Wrong1"), "the password");
    }

    /** A server without TLS behind the address: the first byte that it gets begins a handshake. */
    @Test
    void an_upper_case_https_never_sends_the_key_in_clear() throws Exception {
        Queue<Buffer> heard = new ConcurrentLinkedQueue<>();
        NetServer plain = join(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    heard.add(bytes);
                    socket.close();
                }))
                .listen(0, "127.0.0.1"));
        rig.start(rig.daemon().alohub("HTTPS://127.0.0.1:" + plain.actualPort(), Simulator.KEY));
        rig.database.insert("0868793800", "Bằng", null);
        Await.until("it was called", () -> !heard.isEmpty());
        assertEquals(TLS_HANDSHAKE, heard.element().getByte(0), "the first byte");
        rig.awaitState("UNREACHABLE");
        for (Buffer bytes : heard) {
            assertFalse(bytes.toString(StandardCharsets.ISO_8859_1).contains(Simulator.KEY), "the key");
        }
    }

    private Daemon.Builder builder(String proxyUrl) {
        return rig.daemon()
                .alohub("https://" + HOST + ":" + tls.actualPort(), Simulator.KEY)
                .with("ALOHUB_PROXY", proxyUrl);
    }

    /** A CA, and a certificate of the host that it has signed. */
    @BeforeAll
    static void certificates() throws Exception {
        keytool("-alias", "ca", "-dname", "CN=Own CA", "-ext", "bc:c");
        keytool("-alias", "server", "-dname", "CN=" + HOST, "-ext", "san=dns:" + HOST, "-signer", "ca");
        KeyStore store = KeyStore.getInstance(folder.resolve("server.p12").toFile(), "changeit".toCharArray());
        Certificate ca = store.getCertificate("ca");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca);
        try (OutputStream file = Files.newOutputStream(folder.resolve("ca.p12"))) {
            trusted.store(file, "changeit".toCharArray());
        }
    }

    private static void keytool(String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("server.p12").toString(),
                "-storepass",
                "changeit",
                "-J-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private void connect(HttpServerRequest request) {
        String login = request.getHeader("Proxy-Authorization");
        asked.add(request.uri() + " " + login);
        if (request.method() != HttpMethod.CONNECT || !LOGIN.equals(login)) {
            request.response()
                    .setStatusCode(407)
                    .putHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
                    .end();
            return;
        }
        request.toNetSocket().onSuccess(socket -> pipe(socket, tls.actualPort()));
    }

    private void pipe(NetSocket from, int port) {
        from.pause();
        vertx.createNetClient().connect(port, "127.0.0.1").onSuccess(to -> {
            from.pipeTo(to);
            to.pipeTo(from);
        });
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
