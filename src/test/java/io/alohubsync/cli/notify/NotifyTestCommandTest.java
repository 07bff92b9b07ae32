package io.alohubsync.cli.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.alohubsync.cli.CommandRun;
import io.alohubsync.daemon.MailSink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyTestCommandTest {

    private static final String TOKEN = "/hook-t0ken";

    private final CommandRun command = new CommandRun();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private MailSink mails;
    private HttpServer receiver;
    private volatile int status = 204;

    @BeforeEach
    void listen() throws Exception {
        mails = new MailSink();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() throws Exception {
        mails.close();
        receiver.stop(0);
    }

    private void mail(int port) {
        command.with("alohub.notify.mail.to", "an@example.vn,binh@example.vn")
                .with("alohub.notify.mail.from", "sync@example.vn")
                .with("quarkus.mailer.host", "127.0.0.1")
                .with("quarkus.mailer.port", "" + port);
    }

    private void webhook(String scheme, int port) {
        command.with("alohub.notify.webhook.url", scheme + "://127.0.0.1:" + port + TOKEN)
                .with("alohub.notify.webhook.secret", "0123456789abcdef-shared");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The only finding. */
    private JsonNode finding() throws Exception {
        JsonNode findings = command.json();
        assertEquals(1, findings.size(), command.out());
        return findings.get(0);
    }

    @Test
    void both_ways_take_a_test_and_it_says_so() throws Exception {
        mail(mails.port());
        webhook("http", receiver.getAddress().getPort());
        assertEquals(0, command.inVietnamese().run("notify-test"), command.out() + command.err());
        assertTrue(command.out().contains("đã nhận thư thử cho 2 địa chỉ"), command.out());
        assertTrue(mails.mails().getLast().contains("binh@example.vn"));
        assertTrue(bodies.getFirst().contains("\"event\":\"test\""), bodies.toString());
        assertFalse(command.out().contains("t0ken"));
    }

    @Test
    void nothing_that_is_set_fails_and_says_what_to_set() throws Exception {
        assertEquals(1, command.run("notify-test", "--json"));
        assertEquals("settings", finding().get("check").asText());
        assertTrue(finding().get("remedy").asText().contains("alohub.notify.mail.to"));
    }

    @Test
    void the_host_that_quarkus_takes_by_default_is_no_mail_server() throws Exception {
        command.with("alohub.notify.mail.to", "an@example.vn").with("alohub.notify.mail.from", "sync@example.vn");
        assertEquals(1, command.run("notify-test", "--json"));
        assertTrue(finding().get("detail").asText().startsWith("quarkus.mailer.host is missing"), command.out());
    }

    @ParameterizedTest
    @CsvSource({
        "550 no, quarkus.mailer.start-tls, OPTIONAL, refuses the mail with 550, alohub.notify.mail.from",
        "535 no, quarkus.mailer.start-tls, OPTIONAL, does not accept the login (535), quarkus.mailer.password",
        "250 ok, quarkus.mailer.start-tls, REQUIRED, offers no STARTTLS, 465",
        "250 ok, quarkus.mailer.tls, true, does not speak TLS, 587"
    })
    void a_mail_server_that_does_not_take_it_is_reported_with_the_remedy(
            String answer, String setting, String value, String said, String remedy) throws Exception {
        mails.answer = answer;
        mail(mails.port());
        command.with(setting, value);
        assertEquals(1, command.run("notify-test", "--json"));
        assertTrue(finding().get("detail").asText().contains(said), command.out());
        assertTrue(finding().get("remedy").asText().contains(remedy), command.out());
        assertFalse(command.out().contains("@example.vn"), command.out());
    }

    @Test
    void an_address_that_the_mail_server_refuses_is_named_by_its_place() throws Exception {
        mails.unknown = "binh@";
        mail(mails.port());
        assertEquals(1, command.run("notify-test", "--json"));
        assertTrue(finding().get("detail").asText().contains("2 (550)"), command.out());
        assertFalse(command.out().contains("@example.vn"), command.out());
        assertEquals(1, mails.mails().size());
    }

    @Test
    void a_mail_server_whose_certificate_is_not_trusted_is_named_with_the_remedy(@TempDir Path folder)
            throws Exception {
        try (MailSink secure = new MailSink(ownCertificate(folder))) {
            mail(secure.port());
            command.with("quarkus.mailer.tls", "true");
            assertEquals(1, command.run("notify-test", "--json"));
            assertTrue(finding().get("detail").asText().contains("certificate of 127.0.0.1"), command.out());
            assertTrue(finding().get("detail").asText().contains("is not trusted"), command.out());
            assertTrue(finding().get("remedy").asText().contains("javax.net.ssl.trustStore"), command.out());
            assertTrue(secure.mails().isEmpty());
        }
    }

    /** Of no authority. */
    private static ServerSocketFactory ownCertificate(Path folder) throws Exception {
        Path file = folder.resolve("own.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .start();
        assertEquals(0, keytool.waitFor());
        char[] password = "changeit".toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(file.toFile(), password), password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return tls.getServerSocketFactory();
    }

    @Test
    void a_port_where_nothing_listens_is_reported_for_mail_and_webhook() throws Exception {
        mail(freePort());
        webhook("http", freePort());
        assertEquals(1, command.run("notify-test", "--json"));
        for (JsonNode finding : command.json()) {
            assertTrue(finding.get("detail").asText().contains("refuses the connection"), command.out());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http, 401, does not accept the message (401), secret",
        "http, 404, nothing at this address, path",
        "http, 307, redirect (307), alohub.notify.webhook.url",
        "http, 503, answers with 503, log",
        "https, 204, does not speak TLS, port"
    })
    void a_receiver_that_does_not_take_it_is_reported_with_the_remedy(
            String scheme, int answer, String said, String remedy) throws Exception {
        status = answer;
        webhook(
                scheme,
                scheme.equals("https") ? mails.port() : receiver.getAddress().getPort());
        assertEquals(1, command.run("notify-test", "--json"));
        assertTrue(finding().get("detail").asText().contains(said), command.out());
        assertTrue(finding().get("remedy").asText().contains(remedy), command.out());
        assertFalse(command.out().contains("t0ken"), command.out());
    }
}
