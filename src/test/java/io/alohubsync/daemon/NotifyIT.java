package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.alohubsync.Await;
import io.alohubsync.demo.Reply;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notifications of the packaged daemon by mail and webhook. */
class NotifyIT {

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_refused_key_and_its_recovery_are_sent_by_mail_and_webhook() throws Exception {
        List<JsonObject> posted = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            posted.add(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        rig.alohub.behave(call -> Reply.error(401, "UNAUTHORIZED", "x"));
        rig.database.execute("INSERT INTO alohub.customer_outbox (phone, name) VALUES ('0868793800', 'An')");
        try (MailSink mails = new MailSink()) {
            mails.unknown = "left@"; // keeps no mail from the others
            rig.start(rig.daemon()
                    .with("ALOHUB_NOTIFY_MAIL_TO", "an@example.vn,left@example.vn,binh@example.vn")
                    .with("ALOHUB_NOTIFY_MAIL_FROM", "sync@example.vn")
                    .with("QUARKUS_MAILER_HOST", "127.0.0.1")
                    .with("QUARKUS_MAILER_PORT", String.valueOf(mails.port()))
                    .with(
                            "ALOHUB_NOTIFY_WEBHOOK_URL",
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")
                    .with("ALOHUB_NOTIFY_WEBHOOK_SECRET", "0123456789abcdef")
                    .with("ALOHUB_NOTIFY_DIGEST", "off")
                    .with("ALOHUB_NOTIFY_AFTER", "0")
                    .with("ALOHUB_NOTIFY_INTERVAL", "1s"));
            Await.until("both are sent", () -> mails.mails().size() == 2 && !posted.isEmpty());
            assertEquals("account.tripped", posted.getFirst().getString("event"));
            String mail = mails.mails().getFirst();
            assertTrue(mail.contains("RCPT TO:<an@example.vn>") && !mail.contains("binh@example.vn"), mail);
            assertTrue(mails.mails().getLast().contains("RCPT TO:<binh@example.vn>"));
            assertTrue(mail.contains("From: sync@example.vn") && mail.contains("Auto-Submitted: auto-generated"), mail);
            assertTrue(mail.contains("text/plain") && mail.contains("text/html"), mail);
            assertFalse(mail.contains("868793800"), mail);
            rig.alohub.behave(call -> Reply.success());
            Await.until("both are sent", () -> mails.mails().size() == 4 && posted.size() == 2);
            assertEquals("account.recovered", posted.getLast().getString("event"));
            String sent = "SELECT count(*) FROM alohub.notify_message WHERE channel = 'MAIL' AND state = 'SENT'";
            Await.until("both are recorded", () -> "2".equals(rig.database.one(sent)));
            String error = rig.database.one("SELECT error FROM alohub.notify_message WHERE channel = 'MAIL' LIMIT 1");
            assertTrue(error.endsWith("by their place: 2 (550)"), error);
        } finally {
            receiver.stop(0);
        }
    }
}
